package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** Reads which account of an identity provider is linked to which user. */
public interface AccountLinks {

    /** The status of a link in the storage. */
    enum Status {
        /** The link exists. */
        LINKED,
        /** The link does not exist. */
        NOT_LINKED,
        /** The storage cannot be read, so the link may exist or not. */
        UNKNOWN
    }

    /**
     * Names one possible link: a user has at most one per provider.
     *
     * @param userId the user's ID, which begins with {@code f:} if the user is not in Keycloak's own tables
     * @param alias the provider's alias
     */
    record Link(String userId, String alias) {}

    /**
     * The result of reading a link.
     *
     * @param status whether there is one
     * @param subject the provider's ID of the user; null unless linked
     */
    record Answer(Status status, String subject) {}

    /**
     * The user whom an account is linked to.
     *
     * @param status whether it is linked to a user
     * @param userId ID of that user; null unless linked
     */
    record Owner(Status status, String userId) {}

    /** Reads links of one realm. The result has an answer for each of them. */
    Map<Link, Answer> read(KeycloakSession session, String realmId, Collection<Link> links);

    /** Reads one link. */
    default Answer read(KeycloakSession session, String realmId, String userId, String alias) {
        Link link = new Link(userId, alias);
        return read(session, realmId, List.of(link)).get(link);
    }

    /**
     * Finds the user of the realm whom this account is linked to. Before Keycloak 26.6 no index serves
     * {@code f:} users.
     */
    Owner owner(KeycloakSession session, String realmId, String alias, String subject);
}
