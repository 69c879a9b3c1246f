package io.github.keycloaknylas.testkit.microsoft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Options for the start of the fake Microsoft. */
public final class FakeMicrosoftOptions {

    private int port;
    private String bindAddress = InetAddress.getLoopbackAddress().getHostAddress();
    private String publicHost = "localhost";
    private Optional<Path> tlsDirectory = Optional.empty();

    FakeMicrosoftOptions() {}

    /** Sets the plain port; 0, the default, takes a free one. */
    public FakeMicrosoftOptions port(int number) {
        port = number;
        return this;
    }

    /** Sets the address the plain port listens on; loopback by default. */
    public FakeMicrosoftOptions bindAddress(String address) {
        bindAddress = address;
        return this;
    }

    /** Sets the host name that the plain addresses contain; {@code localhost} by default. */
    public FakeMicrosoftOptions publicHost(String host) {
        publicHost = host;
        return this;
    }

    /**
     * Serves TLS under Microsoft's own host names, too.
     *
     * @param directory where the certificate of the private CA is written; created if missing
     */
    public FakeMicrosoftOptions tls(Path directory) {
        tlsDirectory = Optional.of(directory);
        return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if the port is taken or the CA cannot be written
     */
    public FakeMicrosoft start() {
        try {
            return new FakeMicrosoft(new InetSocketAddress(bindAddress, port), publicHost, tlsDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
