package io.github.keycloaknylas.ledger;

import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a list, the equal ones first, as the indexes of the table need them. */
final class GrantQuery {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final boolean byAddress;

    GrantQuery(GrantFilter filter) {
        String realm = filter.realmId();
        byAddress = filter.address().isPresent();
        and("g.mailbox.realmId = :realm", "realm", realm);
        filter.state().ifPresent(state -> and("g.state = :state", "state", state.name()));
        filter.alias()
                .ifPresent(alias -> and("g.providerHash = :provider", "provider", Mailbox.providerHash(realm, alias)));
        filter.userId().ifPresent(user -> and("g.userHash = :user", "user", UserHash.of(realm, user)));
        filter.address().map(AddressKey::of).ifPresent(key -> {
            and("g.addressKey >= :from", "from", key);
            and("g.addressKey < :to", "to", AddressKey.end(key));
        });
    }

    /** Leaves out all rows up to the last one of the page before. */
    GrantQuery behind(GrantLists.Position last) {
        if (byAddress) {
            and("g.addressKey >= :key", "key", last.addressKey());
            and("(g.addressKey > :key or g.id > :id)", "id", last.id());
        } else {
            and("g.id > :id", "id", last.id());
        }
        return this;
    }

    String where() {
        return " where " + String.join(" and ", conditions);
    }

    String order() {
        return byAddress ? " order by g.addressKey, g.id" : " order by g.id";
    }

    <T> TypedQuery<T> bind(TypedQuery<T> query) {
        parameters.forEach(query::setParameter);
        return query;
    }

    private void and(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }
}
