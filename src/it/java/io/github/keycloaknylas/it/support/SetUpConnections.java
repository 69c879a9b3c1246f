package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.ServerOptions;

/** Connections of the shared server that only the tests of the set-up call use, and spoil. */
public final class SetUpConnections {

    public static final TestConnection CONNECTION = TestConnection.named("set-up");
    public static final TestConnection WITHOUT_WEBHOOK = TestConnection.named("without-webhook");
    public static final String LATE = "late";
    public static final String PLAIN_HTTP = "plain-http";
    public static final String ODD_KEY = "odd-key";

    private SetUpConnections() {}

    public static ServerOptions.Builder addTo(ServerOptions.Builder options) {
        return WITHOUT_WEBHOOK
                .addTo(CONNECTION.addTo(options))
                .spi("nylas-connection", LATE, "api-key", "nyk_v0_late")
                .spi("nylas-connection", LATE, "api-url", LateNylas.start().url())
                .spi(
                        "nylas-connection",
                        CONNECTION.name(),
                        "application-id",
                        CONNECTION.application().id())
                .spi("nylas-connection", PLAIN_HTTP, "api-key", "nyk_v0_plain")
                .spi("nylas-connection", PLAIN_HTTP, "api-url", "http://nylas.example")
                .spi("nylas-connection", ODD_KEY, "api-key", "nyk_v0 odd")
                .spi(
                        "nylas-connection",
                        ODD_KEY,
                        "api-url",
                        TestEnvironment.NYLAS.uri().toString());
    }
}
