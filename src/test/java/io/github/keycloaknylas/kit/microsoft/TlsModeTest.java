package io.github.keycloaknylas.kit.microsoft;

import static io.github.keycloaknylas.kit.microsoft.MicrosoftClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsModeTest {

    @TempDir
    private Path directory;

    private FakeMicrosoft microsoft;
    private MicrosoftClient throughProxy;

    @BeforeEach
    void start() throws Exception {
        microsoft = FakeMicrosoft.startWithTls(directory.resolve("tls"));
        throughProxy = new MicrosoftClient(
                proxied().sslContext(trusting(microsoft.caPem())).build(), EntraUrls.REAL);
    }

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void microsofts_own_addresses_lead_to_the_fake_one() throws Exception {
        JsonNode answer = throughProxy.signIn(DefaultAccounts.ADA, MicrosoftClient.ALL_SCOPES);
        JsonNode me = json(throughProxy.me(answer.get("access_token").asText()));

        assertThat(me.get("mail").asText()).isEqualTo(DefaultAccounts.ADA.mail());
        assertThat(SignedJWT.parse(answer.get("id_token").asText())
                        .getJWTClaimsSet()
                        .getIssuer())
                .isEqualTo("https://login.microsoftonline.com/" + Account.CONTOSO + "/v2.0");
    }

    @Test
    void both_doors_lead_to_the_same_accounts_and_tokens() {
        MicrosoftClient plain = MicrosoftClient.plain(microsoft);

        String token = throughProxy
                .signIn(DefaultAccounts.ADA, MicrosoftClient.ALL_SCOPES)
                .get("refresh_token")
                .asText();

        assertThat(plain.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_browserless_sign_in_works_with_microsofts_own_address() {
        URI back = microsoft.signIn(throughProxy.authorize(), DefaultAccounts.ADA);

        assertThat(throughProxy
                        .redeem(Parameters.parse(back.getRawQuery())
                                .find("code")
                                .orElseThrow())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_tls_server_also_answers_as_localhost() throws Exception {
        HttpClient direct =
                HttpClient.newBuilder().sslContext(trusting(microsoft.caPem())).build();
        URI keys = URI.create("https://localhost:" + microsoft.tlsPort() + "/common/discovery/v2.0/keys");

        assertThat(new MicrosoftClient(direct, EntraUrls.REAL).get(keys).statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobody_trusts_it_who_was_not_told_to() {
        HttpRequest request = HttpRequest.newBuilder(EntraUrls.REAL.jwksUrl()).build();

        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> proxied().build().send(request, BodyHandlers.ofString()));
    }

    @Test
    void the_proxy_only_tunnels() {
        MicrosoftClient client = new MicrosoftClient(proxied().build(), microsoft.urls());

        assertThat(client.get(URI.create("http://example.org/")).statusCode()).isEqualTo(405);
    }

    @Test
    void without_tls_there_are_no_tls_ports() {
        try (FakeMicrosoft plain = FakeMicrosoft.start()) {
            assertThatIllegalStateException().isThrownBy(plain::tlsPort);
            assertThatIllegalStateException().isThrownBy(plain::proxyPort);
            assertThatIllegalStateException().isThrownBy(plain::caPem);
        }
    }

    private HttpClient.Builder proxied() {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", microsoft.proxyPort())));
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
