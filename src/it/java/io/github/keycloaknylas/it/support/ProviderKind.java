package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.IdentityProvider;

/** The two providers of Keycloak through which people sign in with Microsoft. */
public enum ProviderKind {
    OIDC("entra"),
    SOCIAL("microsoft");

    private final String alias;

    ProviderKind(String alias) {
        this.alias = alias;
    }

    public String alias() {
        return alias;
    }

    public IdentityProvider provider() {
        return this == OIDC ? MicrosoftRealm.oidc(alias) : MicrosoftRealm.social(alias);
    }
}
