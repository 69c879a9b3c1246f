package io.github.keycloaknylas.demo;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tells browsers apart by a cookie. */
final class Visits {

    private static final String COOKIE = "EXAMPLE_APP";

    private final Map<String, Visit> visits = new ConcurrentHashMap<>();

    Visit of(Turn turn) {
        return turn.cookie(COOKIE).map(visits::get).orElseGet(() -> welcome(turn));
    }

    private Visit welcome(Turn turn) {
        String id = UUID.randomUUID().toString();
        turn.setCookie(COOKIE, id);
        Visit visit = new Visit();
        visits.put(id, visit);
        return visit;
    }
}
