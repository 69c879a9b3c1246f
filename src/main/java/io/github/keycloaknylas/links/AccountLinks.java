package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** Tells which account of an identity provider is linked to which user. */
public interface AccountLinks {

    /** What the storage says of a link. */
    enum Status {
        /** There is one. */
        LINKED,
        /** There is none. */
        NOT_LINKED,
        /** The storage cannot be read by us, so nothing follows from its silence. */
        UNKNOWN
    }

    /**
     * Names one possible link: a user has at most one per provider.
     *
     * @param userId the user's id, which begins with {@code f:} if the user is not in Keycloak's own tables
     * @param alias the provider's alias
     */
    record Link(String userId, String alias) {}

    /**
     * What is known of a link.
     *
     * @param status whether there is one
     * @param subject whom the provider knows the user as; null unless linked
     */
    record Answer(Status status, String subject) {}

    /**
     * Who an account is linked to.
     *
     * @param status whether it is linked to anybody
     * @param userId to whom; null unless linked
     */
    record Owner(Status status, String userId) {}

    /** Reads links of one realm. Every one that is asked for has an answer. */
    Map<Link, Answer> read(KeycloakSession session, String realmId, Collection<Link> links);

    /** Reads one link. */
    default Answer read(KeycloakSession session, String realmId, String userId, String alias) {
        Link link = new Link(userId, alias);
        return read(session, realmId, List.of(link)).get(link);
    }

    /**
     * Finds the user of the realm whom this account is linked to. Before Keycloak 26.6 no index serves {@code f:}
     * users.
     */
    Owner owner(KeycloakSession session, String realmId, String alias, String subject);
}
