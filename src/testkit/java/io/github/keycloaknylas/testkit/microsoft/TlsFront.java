package io.github.keycloaknylas.testkit.microsoft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Microsoft under its own names: a TLS server with a private CA, and the proxy by which callers get there. */
final class TlsFront implements AutoCloseable {

    private static final List<String> HOSTS =
            List.of(EntraUrls.REAL.login().getHost(), EntraUrls.REAL.graph().getHost(), "localhost");

    private final HttpFront server;
    private final ConnectProxy proxy;
    private final Path caPem;

    private TlsFront(HttpFront server, ConnectProxy proxy, Path caPem) {
        this.server = server;
        this.proxy = proxy;
        this.caPem = caPem;
    }

    static TlsFront open(Endpoint endpoint, Path directory) throws IOException {
        try {
            PrivateAuthority authority = new PrivateAuthority();
            Path caPem = Files.createDirectories(directory).resolve("played-microsoft-ca.pem");
            Files.writeString(caPem, authority.pem());
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpFront server = HttpFront.tls(new InetSocketAddress(loopback, 0), authority.serverFor(HOSTS));
            server.open(endpoint, EntraUrls.REAL);
            return new TlsFront(server, ConnectProxy.to(new InetSocketAddress(loopback, server.port())), caPem);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a certificate", e);
        }
    }

    int port() {
        return server.port();
    }

    int proxyPort() {
        return proxy.port();
    }

    Path caPem() {
        return caPem;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
