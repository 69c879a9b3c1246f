package io.github.keycloaknylas.testkit.server;

import java.util.List;

/** How Keycloak is started. */
public enum Mode {
    /** {@code start-dev}. */
    DEVELOPMENT(List.of("start-dev")),
    /** {@code start}, over plain HTTP and under any host name. */
    PRODUCTION(List.of("start", "--http-enabled=true", "--hostname-strict=false"));

    private final List<String> arguments;

    Mode(List<String> arguments) {
        this.arguments = arguments;
    }

    List<String> arguments() {
        return arguments;
    }
}
