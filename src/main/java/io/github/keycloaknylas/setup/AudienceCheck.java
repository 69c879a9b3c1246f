package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Audience;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks whether the role and the group of a mapper exist: without them no user gets a grant. */
final class AudienceCheck {

    private final KeycloakSession session;
    private final RealmModel realm;

    AudienceCheck(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    void run(MappedProvider provider, Findings findings) {
        Audience audience = provider.settings().audience();
        audience.missingRole(realm)
                .ifPresent(role -> report(FindingCode.ROLE_MISSING, provider.alias(), "role '" + role + "'", findings));
        audience.missingGroup(session, realm)
                .ifPresent(group ->
                        report(FindingCode.GROUP_MISSING, provider.alias(), "group '" + group + "'", findings));
    }

    private static void report(FindingCode code, String alias, String what, Findings findings) {
        findings.problem(
                code,
                alias,
                "The " + what + " of the mapper does not exist, so no user gets a grant.",
                NextStep.mappers(
                        alias,
                        "open the mapper 'Nylas grant' and correct the " + what.split(" ")[0] + ", or create the "
                                + what + ". A role of a client is written <client ID>.<role>, a group by its path."));
    }
}
