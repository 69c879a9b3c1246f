package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Scopes;
import java.util.Set;

/**
 * Whether a provider asks Microsoft for enough. {@code openid} is not looked for: Keycloak adds it by itself wherever it
 * is needed (OIDCIdentityProvider).
 */
final class ScopeCheck {

    private static final String OFFLINE_ACCESS = "offline_access";
    private static final Set<String> USER_READ = Set.of("User.Read");

    private ScopeCheck() {}

    static void run(Broker broker, Findings findings) {
        Set<String> asked = broker.askedScopes();
        if (asked.stream().noneMatch(OFFLINE_ACCESS::equalsIgnoreCase)) {
            findings.problem(
                    Code.OFFLINE_ACCESS_MISSING,
                    broker.alias(),
                    "The provider does not ask for offline_access, so Microsoft sends no refresh token.",
                    "Add offline_access to the 'Scopes' (defaultScope) of the provider" + whatElse(broker) + ".");
        }
        if (broker.isSocial() && !Scopes.missing(asked, USER_READ).isEmpty()) {
            findings.problem(
                    Code.USER_READ_MISSING,
                    broker.alias(),
                    "The 'Scopes' (defaultScope) do not repeat User.Read, without which Keycloak cannot read the person's"
                            + " profile and the sign-in fails.",
                    "Add User.Read to the 'Scopes' (defaultScope) of the provider.");
        }
        Set<String> missing = Scopes.missing(asked, broker.settings().requiredScopes());
        if (!missing.isEmpty()) {
            findings.problem(
                    Code.MAIL_SCOPES_MISSING,
                    broker.alias(),
                    "The provider does not ask for what its Nylas mapper requires: " + Words.list(missing) + ".",
                    "Add it to the 'Scopes' (defaultScope) of the provider and to the API permissions of the Entra"
                            + " application, or take it out of the mapper's required scopes.");
        }
    }

    private static String whatElse(Broker broker) {
        return broker.isSocial() ? ", besides User.Read and the mail scopes" : ", besides the mail scopes";
    }
}
