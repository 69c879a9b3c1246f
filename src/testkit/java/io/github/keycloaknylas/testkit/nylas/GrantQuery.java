package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The query parameters of {@code GET /v3/grants}; unknown ones are ignored. */
final class GrantQuery {

    private static final int MAX_LIMIT = 200;
    private static final Set<String> FILTERS = Set.of("email", "grant_status", "provider", "ip");

    private final Map<String, String> query;

    GrantQuery(Map<String, String> query) {
        this.query = query;
    }

    int limit() {
        int limit = number("limit", 10);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("limit");
        }
        return limit;
    }

    int offset() {
        return number("offset", 0);
    }

    GrantOrder order() {
        return new GrantOrder(choice("sort_by", "created_at", "updated_at"), choice("order_by", "desc", "asc"));
    }

    Stream<Grant> select(List<Grant> grants, Instant seenByFilters) {
        boolean filtered = FILTERS.stream().anyMatch(query::containsKey);
        int since = number("since", 0);
        int before = number("before", Integer.MAX_VALUE);
        return grants.stream()
                .filter(grant -> !filtered || !grant.createdAt().isAfter(seenByFilters))
                .filter(grant -> matches("email", grant.email()))
                .filter(grant -> matches("grant_status", grant.status()))
                .filter(grant -> matches("provider", grant.provider()))
                .filter(grant -> matches("ip", "127.0.0.1"))
                .filter(grant -> grant.createdAt().getEpochSecond() >= since)
                .filter(grant -> grant.createdAt().getEpochSecond() <= before);
    }

    private boolean choice(String name, String usual, String other) {
        String value = query.getOrDefault(name, usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw invalid(name);
        }
        return value.equals(usual);
    }

    private boolean matches(String name, String value) {
        return !query.containsKey(name) || query.get(name).equalsIgnoreCase(value);
    }

    private int number(String name, int usual) {
        try {
            return Integer.parseUnsignedInt(query.getOrDefault(name, String.valueOf(usual)));
        } catch (NumberFormatException e) {
            throw invalid(name);
        }
    }

    private static NylasError invalid(String name) {
        return NylasError.of(400, "api.invalid_request_error", "Invalid value for " + name + ".");
    }
}
