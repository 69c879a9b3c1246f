package io.github.keycloaknylas.testkit.microsoft;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.keycloaknylas.testkit.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Microsoft under its own names: a TLS server with a private CA, and the proxy through which callers reach it. */
final class TlsFront implements AutoCloseable {

    private static final List<String> HOSTS =
            List.of(EntraUrls.REAL.login().getHost(), EntraUrls.REAL.graph().getHost(), "localhost");

    private final WebServer server;
    private final ConnectProxy proxy;
    private final Path caPem;

    private TlsFront(WebServer server, ConnectProxy proxy, Path caPem) {
        this.server = server;
        this.proxy = proxy;
        this.caPem = caPem;
    }

    static TlsFront open(Entra entra, Path directory) throws IOException {
        try {
            PrivateAuthority authority = new PrivateAuthority();
            Path caPem = Files.createDirectories(directory).resolve("fake-microsoft-ca.pem");
            Files.writeString(caPem, authority.pem());
            HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(authority.serverFor(HOSTS)));
            WebServer server = new WebServer("fake-microsoft-tls", https);
            server.start(entra.under(EntraUrls.REAL));
            return new TlsFront(server, ConnectProxy.to(server.address(), server.threads()), caPem);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a certificate", e);
        }
    }

    int port() {
        return server.address().getPort();
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
