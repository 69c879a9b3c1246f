package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.server.IdentityProvider;

/** The two providers of Keycloak through which people sign in with Microsoft. */
enum ProviderKind {
    OIDC("entra"),
    SOCIAL("microsoft");

    private final String alias;

    ProviderKind(String alias) {
        this.alias = alias;
    }

    String alias() {
        return alias;
    }

    IdentityProvider provider() {
        return this == OIDC ? MicrosoftRealm.oidc(alias) : MicrosoftRealm.social(alias);
    }
}
