package io.github.keycloaknylas.ledger;

import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a realm that an administrator decides about.
 *
 * @param realmId ID of the realm
 * @param alias all rows of this identity provider, if there is one
 * @param ids otherwise the rows with these primary keys
 */
public record Selection(String realmId, Optional<String> alias, List<String> ids) {

    String condition(String entity, String id) {
        return alias.isPresent() ? " and " + entity + ".providerHash = :provider" : " and " + id + " in :ids";
    }

    Query bind(Query query, long now) {
        query.setParameter("realm", realmId).setParameter("now", now);
        return alias.map(name -> query.setParameter("provider", Mailbox.providerHash(realmId, name)))
                .orElseGet(() -> query.setParameter("ids", ids));
    }
}
