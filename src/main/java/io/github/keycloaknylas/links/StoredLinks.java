package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Reads the links of one provider, a page at a time, and the token responses that Keycloak has stored with them. */
public interface StoredLinks {

    /** Where the first page begins. */
    String START = "!";

    /**
     * A link of the provider.
     *
     * @param userId the user's ID, which begins with {@code f:} if the user is not in Keycloak's own tables
     * @param subject the provider's ID of the user, or null
     * @param hasToken whether anything is stored with it
     */
    record StoredLink(String userId, String subject, boolean hasToken) {}

    /**
     * Some of the links, in the order of the tables.
     *
     * @param links without their tokens
     * @param next where the next page begins; empty if this is the last one
     */
    record Page(List<StoredLink> links, Optional<String> next) {}

    /** Returns how many links the provider has. */
    long count(KeycloakSession session, String realmId, String alias);

    /**
     * Reads the links after a position.
     *
     * @param after {@link #START}, or {@link Page#next}
     * @param most number of links of the page
     */
    Page after(KeycloakSession session, String realmId, String alias, String after, int most);

    /**
     * Reads the token responses of some links, as Keycloak stored them.
     *
     * @param links of the provider, a page of them at most
     * @return in clear text by the ID of the user
     */
    Map<String, String> tokens(KeycloakSession session, String realmId, String alias, Collection<StoredLink> links);
}
