package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.config.MapperSettings;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;

/** The scopes of a mail provider: how they are spelled, and which of them stand for others. */
public interface ScopeRules {

    /** The scopes that a mapper requires unless it names others, separated by spaces. */
    String defaults();

    /**
     * The scopes that Keycloak requests at a sign-in.
     *
     * @param broker the identity provider through which users sign in
     */
    Set<String> requested(IdentityProviderModel broker);

    /** Removes the scopes of signing in itself, and spells the others in the one form in which they compare. */
    Set<String> ofMailbox(Set<String> scopes);

    /**
     * The required scopes that were not granted, as they were required.
     *
     * @param granted as the provider or Nylas spells them
     * @param required as an administrator spells them
     */
    Set<String> missing(Set<String> granted, Set<String> required);

    /** The scopes that a mapper requires. */
    default Set<String> requiredBy(MapperSettings mapper) {
        return mapper.requiredScopes(defaults());
    }
}
