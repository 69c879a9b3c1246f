package io.github.keycloaknylas.testkit.nylas;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;

/** Options of a {@link FakeNylas}. The stand-in for Microsoft is required, everything else is optional. */
public final class FakeNylasBuilder {

    int port;
    InetAddress address = InetAddress.getLoopbackAddress();
    String region = "us";
    Clock clock = Clock.systemUTC();
    TokenExchange exchange;

    FakeNylasBuilder() {}

    /**
     * Chooses the port.
     *
     * @param chosen the port; 0, as without this option: a free one
     * @return this
     */
    public FakeNylasBuilder port(int chosen) {
        port = chosen;
        return this;
    }

    /**
     * Chooses where it listens.
     *
     * @param chosen an address of this machine; without this option the loopback interface
     * @return this
     */
    public FakeNylasBuilder bindAddress(InetAddress chosen) {
        address = chosen;
        return this;
    }

    /**
     * Chooses the region of this server; keys of applications elsewhere get 401.
     *
     * @param chosen {@code us} (without this option) or {@code eu}
     * @return this
     */
    public FakeNylasBuilder region(String chosen) {
        region = chosen;
        return this;
    }

    /**
     * Sets the clock for timestamps, the rate limit and the lag of filtered lists; delays run on real time.
     *
     * @param chosen the clock
     * @return this
     */
    public FakeNylasBuilder clock(Clock chosen) {
        clock = chosen;
        return this;
    }

    /**
     * Exchanges tokens over HTTP.
     *
     * @param login the base of the token endpoint: {@code {login}/{tenant}/oauth2/v2.0/token}
     * @param me the address of Graph's {@code /v1.0/me}
     * @return this
     */
    public FakeNylasBuilder microsoft(URI login, URI me) {
        return exchange(new MicrosoftExchange(login, me));
    }

    /**
     * Exchanges tokens as a test specifies.
     *
     * @param chosen for instance {@link KnownTokens}
     * @return this
     */
    public FakeNylasBuilder exchange(TokenExchange chosen) {
        exchange = chosen;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the running server
     * @throws NullPointerException if nothing stands in for Microsoft
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public FakeNylas start() {
        Objects.requireNonNull(exchange, "Say microsoft(…) or exchange(…) first");
        return new FakeNylas(this);
    }
}
