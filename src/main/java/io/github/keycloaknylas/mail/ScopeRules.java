package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.config.MapperSettings;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;

/** The scopes of a mail provider: how they are spelled, and which of them cover others. */
public interface ScopeRules {

    /** The scopes that a mapper requires unless it names others, separated by spaces. */
    String defaults();

    /**
     * Returns the scopes that Keycloak requests during sign-in.
     *
     * @param broker the identity provider through which users sign in
     */
    Set<String> requested(IdentityProviderModel broker);

    /** Removes the scopes of the sign-in itself, and converts the others to the one form in which they compare. */
    Set<String> ofMailbox(Set<String> scopes);

    /**
     * Returns the required scopes that were not granted, as they were required.
     *
     * @param granted as the provider or Nylas spells them
     * @param required as an administrator spells them
     */
    Set<String> missing(Set<String> granted, Set<String> required);

    /** Returns the scopes that a mapper requires. */
    default Set<String> requiredBy(MapperSettings mapper) {
        return mapper.requiredScopes(defaults());
    }
}
