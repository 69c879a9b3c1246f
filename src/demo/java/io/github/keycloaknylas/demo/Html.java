package io.github.keycloaknylas.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The frame around every page of the example application. */
final class Html {

    private static final String FRAME = frame();

    private Html() {}

    static String page(String head, String body) {
        return FRAME.replace("{{head}}", head).replace("{{body}}", body);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String frame() {
        try (InputStream in = Html.class.getResourceAsStream("app.html")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
