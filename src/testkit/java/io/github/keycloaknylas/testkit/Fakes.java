package io.github.keycloaknylas.testkit;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoftOptions;
import io.github.keycloaknylas.testkit.nylas.FakeNylas;
import io.github.keycloaknylas.testkit.nylas.FakeNylasBuilder;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A fake Microsoft and a fake Nylas, connected to each other, and what a Keycloak needs to use them. Both run in this
 * process, on the loopback interface unless another is named, and call nothing outside it.
 */
public final class Fakes implements AutoCloseable {

    /** The provider ID of the mapper that makes grants. */
    public static final String MAPPER = "nylas-grant-idp-mapper";

    /** The scopes that Keycloak requests from Microsoft: enough for the mapper's default scopes. */
    public static final String SCOPES = "openid profile email offline_access User.Read Mail.Read Calendars.Read";

    /** The key of the application at Nylas. */
    public static final String API_KEY = "nyk_v0_fake-key";

    private final FakeMicrosoft microsoft;
    private final FakeNylas nylas;
    private final NylasApplication application;

    private Fakes(FakeMicrosoft microsoft, FakeNylasBuilder nylas) {
        this.microsoft = microsoft;
        this.nylas = nylas.microsoft(microsoft.urls().login(), microsoft.urls().graphMeUrl())
                .start();
        application = this.nylas
                .application("fake-application")
                .apiKey(API_KEY)
                .connector(
                        new OAuthClient(App.DEFAULT.clientId(), App.DEFAULT.clientSecret()),
                        "common",
                        "User.Read",
                        "Mail.Read",
                        "Calendars.Read");
    }

    /**
     * Starts both on free ports, with one app registration that Keycloak and Nylas share.
     *
     * @param directory where the certificate of the fake Microsoft's private CA is written; created if missing
     * @return both, running
     * @throws java.io.UncheckedIOException if the directory cannot be written
     */
    public static Fakes start(Path directory) {
        return start(FakeMicrosoft.options().tls(directory), FakeNylas.builder());
    }

    /**
     * Starts both on ports that are known beforehand, as a demo wants them, and without Microsoft's own host names,
     * which {@link #server} and {@link #social} need.
     *
     * @param address where both listen, an address of this machine
     * @param microsoftPort the port of the fake Microsoft; 0 takes a free one
     * @param nylasPort the port of the fake Nylas; 0 takes a free one
     * @return both, running
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public static Fakes startWithoutTls(InetAddress address, int microsoftPort, int nylasPort) {
        return start(
                FakeMicrosoft.options().bindAddress(address.getHostAddress()).port(microsoftPort),
                FakeNylas.builder().bindAddress(address).port(nylasPort));
    }

    private static Fakes start(FakeMicrosoftOptions options, FakeNylasBuilder nylas) {
        FakeMicrosoft microsoft = options.start();
        try {
            return new Fakes(microsoft, nylas);
        } catch (RuntimeException e) {
            microsoft.close();
            throw e;
        }
    }

    /** {@return the fake Microsoft: its accounts, and controls of its responses} */
    public FakeMicrosoft microsoft() {
        return microsoft;
    }

    /** {@return the fake Nylas: its grants, the received requests, and the faults to inject} */
    public FakeNylas nylas() {
        return nylas;
    }

    /** {@return the application at Nylas whose key the server has} */
    public NylasApplication application() {
        return application;
    }

    /**
     * Begins the options of a server that uses both fakes: the connection {@code default} leads to the fake Nylas, and
     * Microsoft's host names lead to the fake Microsoft, whose certificate is trusted.
     *
     * @param name name of the server in directories and logs
     * @return options, to be added to and built
     */
    public ServerOptions.Builder server(String name) {
        return ServerOptions.named(name)
                .trust(microsoft.caPem())
                .spi(
                        "connections-http-client",
                        "default",
                        "proxy-mappings",
                        "(login\\.microsoftonline\\.com|graph\\.microsoft\\.com);http://127.0.0.1:"
                                + microsoft.proxyPort())
                .environment("KC_SPI_NYLAS_CONNECTION__DEFAULT__API_KEY", API_KEY)
                .environment(
                        "KC_SPI_NYLAS_CONNECTION__DEFAULT__API_URL", nylas.uri().toString())
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__POLL_SECONDS", "1");
    }

    /**
     * Creates Keycloak's {@code oidc} provider, pointed at the tenant Contoso of the fake Microsoft.
     *
     * @param alias its alias in the realm
     * @return the provider, to be added to a realm
     */
    public IdentityProvider oidc(String alias) {
        EntraUrls urls = microsoft.urls().forTenant(Account.CONTOSO);
        return IdentityProvider.oidc(
                        alias,
                        new IdentityProvider.Endpoints(
                                URI.create(urls.issuer()),
                                urls.authorizeUrl(),
                                urls.tokenUrl(),
                                urls.jwksUrl(),
                                urls.userInfoUrl()),
                        App.DEFAULT.clientId(),
                        App.DEFAULT.clientSecret())
                .defaultScope(SCOPES)
                .trustingEmail();
    }

    /**
     * Creates Keycloak's social provider {@code microsoft}, with <em>Store tokens</em> on.
     *
     * @param alias its alias in the realm
     * @return the provider, to be added to a realm
     */
    public IdentityProvider social(String alias) {
        return IdentityProvider.microsoft(alias, App.DEFAULT.clientId(), App.DEFAULT.clientSecret())
                .defaultScope(SCOPES)
                .storingTokens()
                .trustingEmail();
    }

    /**
     * Completes Microsoft's page, wherever Keycloak sent the browser to: picks the account and accepts.
     *
     * @param attempt a sign-in that has reached Microsoft
     * @param account who signs in; known to {@link #microsoft()}
     * @return the same sign-in, back at Keycloak
     * @throws IllegalArgumentException if Microsoft would not have redirected the browser
     */
    public Attempt atMicrosoft(Attempt attempt, Account account) {
        return attempt.then(page -> page.browser().open(microsoft.signIn(page.uri(), account)));
    }

    /**
     * Finds the grant of an account at the fake Nylas.
     *
     * @param account owner of the mailbox
     * @return the grant, if Nylas has one
     */
    public Optional<Grant> grantOf(Account account) {
        return nylas.grants().stream()
                .filter(grant -> account.mail().equalsIgnoreCase(grant.email()))
                .findFirst();
    }

    /** Stops both. */
    @Override
    public void close() {
        nylas.close();
        microsoft.close();
    }
}
