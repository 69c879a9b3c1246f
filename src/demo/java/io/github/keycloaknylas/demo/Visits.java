package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells browsers apart by a cookie. */
final class Visits {

    private static final String COOKIE = "EXAMPLE_APP=";
    private static final Pattern ID = Pattern.compile("(?:^|; ?)" + COOKIE + "([^;]*)");

    private final Map<String, Visit> visits = new HashMap<>();

    Visit of(Request request) {
        return request.header("cookie")
                .map(ID::matcher)
                .filter(Matcher::find)
                .map(found -> visits.get(found.group(1)))
                .orElseGet(this::begin);
    }

    Response remember(Visit visit, Response response) {
        return response.with("Set-Cookie", COOKIE + visit.id() + "; Path=/; HttpOnly; SameSite=Lax");
    }

    private Visit begin() {
        Visit visit = new Visit();
        visits.put(visit.id(), visit);
        return visit;
    }
}
