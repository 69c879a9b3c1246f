package io.github.keycloaknylas.admin;

import java.util.List;

/**
 * The answer of the set-up call.
 *
 * @param done what was set up, now or before; empty for a mere check
 * @param problems what keeps grants from being made or shown
 * @param notes what could not be checked, or only maybe does harm
 * @param ok whether there is no problem; notes do not count
 */
record SetupReport(List<SetupStep> done, List<Finding> problems, List<Finding> notes, boolean ok) {

    SetupReport(List<SetupStep> done, Findings findings) {
        this(
                List.copyOf(done),
                findings.problems(),
                findings.notes(),
                findings.problems().isEmpty());
    }
}
