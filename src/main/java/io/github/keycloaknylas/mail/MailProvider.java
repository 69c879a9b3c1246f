package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.nylas.NylasConnector;
import io.github.keycloaknylas.nylas.NylasProvider;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;

/**
 * Everything particular to one mail provider. An implementation has a public constructor without parameters, is named
 * in {@code META-INF/services}, keeps no state and is called by many threads at once.
 */
public interface MailProvider extends NylasProvider {

    /** The kinds of Keycloak identity providers through which users sign in: their provider IDs. */
    List<String> brokerKinds();

    /**
     * Returns whether users of an identity provider sign in at this mail provider, judged by its kind and
     * its configuration.
     *
     * @param broker the identity provider
     */
    boolean serves(IdentityProviderModel broker);

    /**
     * Returns whether this is the provider of every identity provider that no other one serves. True for exactly one,
     * which is asked last.
     */
    default boolean isFallback() {
        return false;
    }

    /** Returns how its scopes are spelled and compared. */
    ScopeRules scopes();

    /**
     * Reads who signed in.
     *
     * @param context the broker's response
     */
    ExpectedIdentity identity(BrokeredIdentityContext context);

    /**
     * Reads whom a link is for, from the response that Keycloak stored with it. Addresses alone do not name a person:
     * they may be those of somebody else by now.
     *
     * @param context the subject of the link and the stored response, with its ID token if there is one
     * @return the person with the ID, or nothing if the ID is not known
     */
    default Optional<ExpectedIdentity> storedIdentity(BrokeredIdentityContext context) {
        return Optional.of(identity(context)).filter(person -> person.id() != null);
    }

    /**
     * Converts an ID to a form in which equal texts name the same person, however the broker's response or Nylas
     * spells it.
     *
     * @param id as {@link #identity} read it, or {@code provider_user_id} of a grant
     */
    String comparableId(String id);

    /**
     * Returns whether Keycloak shows the token response to mappers only while <em>Store tokens</em> is on.
     *
     * @param broker the identity provider
     */
    boolean needsStoredTokens(IdentityProviderModel broker);

    /**
     * Returns whether a response should carry a refresh token, so that a missing one is logged. Otherwise nothing is
     * captured without one, and nothing is logged.
     *
     * @param context the broker's response
     */
    boolean expectsRefreshToken(BrokeredIdentityContext context);

    /** Returns its terms for administrators. */
    ProviderWords words();

    /**
     * Checks the configuration of an identity provider, apart from the scopes that the mapper requires.
     *
     * @param broker the identity provider
     */
    default List<SetUpRemark> checkBroker(IdentityProviderModel broker) {
        return List.of();
    }

    /**
     * Compares an identity provider with the connector at Nylas, apart from client ID and scopes.
     *
     * @param broker the identity provider
     * @param connector the provider's connector
     */
    default List<SetUpRemark> checkConnector(IdentityProviderModel broker, NylasConnector connector) {
        return List.of();
    }
}
