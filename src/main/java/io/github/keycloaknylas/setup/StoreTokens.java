package io.github.keycloaknylas.setup;

import org.keycloak.models.IdentityProviderModel;

/** Reads <em>Store tokens</em> of a provider, which is not an entry of the provider's config. */
final class StoreTokens {

    private StoreTokens() {}

    // By reflection: the getter returns boolean in Keycloak 26.4 and Boolean in 26.7, so no compiled call fits both.
    static boolean areOn(IdentityProviderModel provider) {
        try {
            return Boolean.TRUE.equals(
                    IdentityProviderModel.class.getMethod("isStoreToken").invoke(provider));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Keycloak no longer reports whether a provider stores tokens", e);
        }
    }
}
