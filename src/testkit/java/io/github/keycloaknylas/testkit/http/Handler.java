package io.github.keycloaknylas.testkit.http;

/** Answers requests. */
@FunctionalInterface
public interface Handler {

    /** {@return the response to a request} */
    Response handle(Request request);
}
