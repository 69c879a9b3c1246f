package io.github.keycloaknylas.setup;

import java.util.List;

/**
 * The response of the set-up call.
 *
 * @param done what was set up, now or before; empty if the call only checks
 * @param problems what has to be fixed or decided by an administrator
 * @param notes what could not be checked, or may be harmless
 * @param ok whether there are no problems; notes do not count
 */
public record SetupReport(List<SetupStep> done, List<Finding> problems, List<Finding> notes, boolean ok) {

    SetupReport(List<SetupStep> done, Findings findings) {
        this(
                List.copyOf(done),
                findings.problems(),
                findings.notes(),
                findings.problems().isEmpty());
    }
}
