package io.github.keycloaknylas.testkit.nylas;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** An {@code application/x-www-form-urlencoded} body. */
final class Form {

    private final StringJoiner pairs = new StringJoiner("&");

    Form with(String name, String value) {
        pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public String toString() {
        return pairs.toString();
    }
}
