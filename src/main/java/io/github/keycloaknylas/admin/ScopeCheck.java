package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Scopes;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a provider asks Microsoft for enough. {@code openid} is not looked for: Keycloak adds it by itself wherever it
 * is needed (OIDCIdentityProvider).
 */
final class ScopeCheck {

    private static final Set<String> OFFLINE_ACCESS = Set.of("offline_access");
    private static final Set<String> USER_READ = Set.of("User.Read");

    private ScopeCheck() {}

    static void run(Broker broker, Findings findings) {
        Set<String> asked = broker.askedScopes();
        if (lacks(asked, OFFLINE_ACCESS)) {
            findings.problem(
                    Code.OFFLINE_ACCESS_MISSING,
                    broker.alias(),
                    "The provider does not ask for offline_access, so Microsoft sends no refresh token.",
                    "Add offline_access to the 'Scopes' (defaultScope) of the provider" + whatElse(broker) + ".");
        }
        if (broker.isSocial() && lacks(asked, USER_READ)) {
            findings.problem(
                    Code.USER_READ_MISSING,
                    broker.alias(),
                    "The 'Scopes' (defaultScope) do not repeat User.Read, without which Keycloak cannot read the person's"
                            + " profile and the sign-in fails.",
                    "Add User.Read to the 'Scopes' (defaultScope) of the provider.");
        }
        Set<String> required = new HashSet<>(broker.settings().requiredScopes());
        required.removeIf(scope -> !lacks(OFFLINE_ACCESS, Set.of(scope)));
        Set<String> missing = Scopes.missing(asked, required);
        if (!missing.isEmpty()) {
            findings.problem(
                    Code.MAIL_SCOPES_MISSING,
                    broker.alias(),
                    "The provider does not ask for what its Nylas mapper requires: " + Words.list(missing) + ".",
                    "Add it to the 'Scopes' (defaultScope) of the provider and to the API permissions of the Entra"
                            + " application, or take it out of the mapper's required scopes.");
        }
    }

    private static boolean lacks(Set<String> asked, Set<String> scope) {
        return !Scopes.missing(asked, scope).isEmpty();
    }

    private static String whatElse(Broker broker) {
        return broker.isSocial() ? ", besides User.Read and the mail scopes" : ", besides the mail scopes";
    }
}
