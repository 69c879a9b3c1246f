package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Handler;
import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fake Microsoft, running in this process: sign-in, tokens and Graph profile over HTTP, and controls in Java.
 * It starts with the {@link DefaultAccounts} and with {@link App#DEFAULT}. All methods may be called from any thread.
 */
public final class FakeMicrosoft implements AutoCloseable {

    private final Entra entra = new Entra();
    private final WebServer plain;
    private final EntraUrls urls;
    private final Handler handler;
    private final Optional<TlsFront> tls;

    FakeMicrosoft(InetSocketAddress address, String publicHost, Optional<Path> tlsDirectory) throws IOException {
        plain = WebServer.plain("fake-microsoft", address);
        URI base = URI.create("http://" + publicHost + ":" + plain.address().getPort());
        urls = new EntraUrls(base, base, "common");
        handler = entra.under(urls);
        plain.start(handler);
        tls = tlsDirectory.isEmpty() ? Optional.empty() : Optional.of(TlsFront.open(entra, tlsDirectory.get()));
    }

    /** Starts on a free loopback port, plain HTTP only. */
    public static FakeMicrosoft start() {
        return options().start();
    }

    /**
     * Starts plain HTTP and, beside it, TLS under Microsoft's own host names.
     *
     * @param directory where the certificate of the private CA is written; created if missing
     */
    public static FakeMicrosoft startWithTls(Path directory) {
        return options().tls(directory).start();
    }

    /** Returns options for a start with other settings. */
    public static FakeMicrosoftOptions options() {
        return new FakeMicrosoftOptions();
    }

    /** The plain addresses for the tenant {@code common}; {@link EntraUrls#forTenant} gives the others. */
    public EntraUrls urls() {
        return urls;
    }

    /**
     * The loopback port of the TLS server.
     *
     * @throws IllegalStateException if started without TLS
     */
    public int tlsPort() {
        return tls().port();
    }

    /**
     * The loopback port of the CONNECT proxy that leads to it.
     *
     * @throws IllegalStateException if started without TLS
     */
    public int proxyPort() {
        return tls().proxyPort();
    }

    /**
     * The PEM file with the private CA's certificate.
     *
     * @throws IllegalStateException if started without TLS
     */
    public Path caPem() {
        return tls().caPem();
    }

    /** Adds an account, or changes the one with the same ID, whose tokens stay valid. */
    public void put(Account account) {
        entra.directory.put(account);
    }

    /** Returns the current accounts. */
    public List<Account> accounts() {
        return entra.directory.all();
    }

    /** Returns the controls of this account. */
    public Behaviour behaviourOf(Account account) {
        return entra.directory.behaviourOf(account.id());
    }

    /** Registers an app, or changes the one with the same client ID. */
    public void register(App app) {
        entra.apps.register(app);
    }

    /** Revokes every refresh token of the account issued so far (AADSTS50173), as a changed password does. */
    public void revokeRefreshTokens(Account account) {
        entra.refreshTokens.end(account.id(), Aadsts.REVOKED);
    }

    /** Lets every refresh token of the account issued so far expire (AADSTS700082). */
    public void expireRefreshTokens(Account account) {
        entra.refreshTokens.end(account.id(), Aadsts.EXPIRED);
    }

    /**
     * Signs in without a browser: opens the address an app sent the browser to, picks the account and accepts.
     *
     * @param authorizeUrl the full address, plain or TLS, with its query
     * @return where the browser goes next: the app's redirect address with a code, or with an error
     * @throws IllegalArgumentException if Microsoft would not have redirected (unknown app or address)
     */
    public URI signIn(URI authorizeUrl, Account account) {
        return decide(authorizeUrl, Map.of("account", account.id(), "decision", "accept"));
    }

    /** Like {@link #signIn}, but presses Refuse. */
    public URI refuse(URI authorizeUrl) {
        return decide(authorizeUrl, Map.of("decision", "refuse"));
    }

    /**
     * Issues a refresh token as if the account had signed in to the app and accepted.
     *
     * @param scope the scopes consented to, space-separated
     * @return the token
     */
    public String issueRefreshToken(Account account, App app, String scope) {
        Scopes scopes = Scopes.parse(scope);
        entra.consents.give(account.id(), app, scopes);
        return entra.refreshTokens.issue(account.id(), app, scopes, behaviourOf(account));
    }

    /** Returns all refresh tokens issued so far, oldest first. */
    public List<IssuedRefreshToken> refreshTokens() {
        return entra.refreshTokens.all();
    }

    /** Returns the refresh token issued last to the account, if any. */
    public Optional<IssuedRefreshToken> lastRefreshToken(Account account) {
        return refreshTokens().stream()
                .filter(token -> token.accountId().equals(account.id()))
                .reduce((earlier, later) -> later);
    }

    /** Returns how many requests the token endpoint has received, refused ones included. */
    public int tokenRequests() {
        return entra.tokens.requests();
    }

    /** Stops listening and discards all state, except the CA file. */
    @Override
    public void close() {
        plain.close();
        tls.ifPresent(front -> {
            try {
                front.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private TlsFront tls() {
        return tls.orElseThrow(() -> new IllegalStateException("started without TLS"));
    }

    private URI decide(URI authorizeUrl, Map<String, String> decision) {
        Response response =
                handler.handle(new Request("POST", authorizeUrl, Map.of(), new Parameters(decision).encoded()));
        if (response.status() != 302) {
            throw new IllegalArgumentException(
                    "not sent anywhere, but answered " + response.status() + ": " + response.body());
        }
        return URI.create(response.headers().get("Location"));
    }
}
