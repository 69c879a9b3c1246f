package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.IdTokens;

/**
 * Somebody whose account is linked, by the provider {@code oidc}, and whose grant is connected.
 *
 * @param account the account at Microsoft
 * @param userId the user in Keycloak
 * @param grantId the grant at Nylas
 */
public record ConnectedAccount(Account account, String userId, String grantId) {

    /** What the account is called in the link. */
    public String subject() {
        return subject(account);
    }

    static String subject(Account account) {
        return IdTokens.subject(account, App.DEFAULT);
    }
}
