package io.github.keycloaknylas.demo;

/** Why the demo cannot run, and what to do about it. */
public final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }
}
