package io.github.keycloaknylas.testkit.microsoft;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consent that each account has given each app; consent only grows. */
final class Consents {

    private record Pair(String accountId, String clientId) {}

    private final Map<Pair, Set<String>> allowed = new ConcurrentHashMap<>();

    void give(String accountId, App app, Scopes scopes) {
        allowed.merge(new Pair(accountId, app.clientId()), scopes.names(), Consents::union);
    }

    void check(String accountId, App app, Scopes scopes) {
        if (!allowed.getOrDefault(new Pair(accountId, app.clientId()), Set.of()).containsAll(scopes.names())) {
            throw Aadsts.NOT_CONSENTED.refusal(app.clientId(), app.name());
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
