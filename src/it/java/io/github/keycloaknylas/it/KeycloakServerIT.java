package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.it.support.EveryRuntime;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.SharedServer;
import io.github.keycloaknylas.testkit.server.TestClient;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.Tokens;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The fixture keeps what it promises to the other tests. */
@FullBuildOnly("it is about the test kit")
@EveryRuntime
class KeycloakServerIT {

    private static final TestUser ADA = TestUser.named("ada");
    private static final SharedServer SHARED = new SharedServer(KeycloakServerIT::withADirectoryOfTheTest);

    private final KeycloakServer server = SHARED.get();

    /** Keycloak does not start unless its vault directory exists, in a container as elsewhere. */
    private static ServerOptions withADirectoryOfTheTest() {
        Path vault = BuildOutput.directory("fixture-vault");
        try {
            Files.createDirectories(vault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServerOptions.named("fixture")
                .option("vault", "file")
                .option("vault-dir", vault.toString())
                .share(vault)
                .build();
    }

    @Test
    void aPersonSignsInByPasswordAndAgainBySingleSignOn() {
        try (TestRealm realm = TestRealm.create(server)) {
            String id = realm.addUser(ADA);
            UserAgent browser = new UserAgent();

            Tokens first = SignIn.to(realm).in(browser).open().password(ADA).tokens();
            Tokens second = SignIn.to(realm).in(browser).open().tokens();

            assertThat(first.username()).isEqualTo("ada");
            assertThat(second.userId()).isEqualTo(id).isEqualTo(first.userId());
            assertThat(second.claims().path("sid")).isEqualTo(first.claims().path("sid"));
            assertThat(SignIn.to(realm).open().isDone()).isFalse();
        }
    }

    @Test
    void requiredActionsStandInTheWay() {
        try (TestRealm realm = TestRealm.create(server, "with-actions", TestClient.confidential())) {
            String id = realm.addUser(ADA);
            realm.require(id, "TERMS_AND_CONDITIONS");

            Map<String, String> declined =
                    SignIn.to(realm).open().password(ADA).declineTerms().answer();
            Tokens accepted =
                    SignIn.to(realm).open().password(ADA).acceptTerms().tokens();
            Tokens updated = SignIn.to(realm)
                    .action("UPDATE_PROFILE")
                    .open()
                    .password(ADA)
                    .updateProfile(Map.of("firstName", "Augusta"))
                    .tokens();

            assertThat(declined).containsEntry("error", "access_denied");
            assertThat(accepted.userId()).isEqualTo(id);
            assertThat(updated.claims().path("given_name").asText()).isEqualTo("Augusta");
        }
    }

    @Test
    void aBrokeredPersonBecomesAUserOrIsLinkedToOne() {
        String name = "broker-" + UUID.randomUUID();
        URI brokerEndpoint = URI.create(server.baseUrl() + "/realms/" + name + "/broker/entra/endpoint");
        TestUser grace = TestUser.named("grace");
        try (TestRealm entra = TestRealm.create(
                        server, "as-entra", new TestClient("keycloak", "keycloak-secret", brokerEndpoint));
                TestRealm realm = TestRealm.create(server, name, TestClient.open())) {
            String oidc = entra.url() + "/protocol/openid-connect/";
            realm.addProvider(IdentityProvider.oidc(
                            "entra",
                            new IdentityProvider.Endpoints(
                                    entra.url(),
                                    URI.create(oidc + "auth"),
                                    URI.create(oidc + "token"),
                                    URI.create(oidc + "certs"),
                                    URI.create(oidc + "userinfo")),
                            "keycloak",
                            "keycloak-secret")
                    .defaultScope("openid profile email"));
            realm.addMapper(
                    "entra",
                    "hardcoded-attribute-idp-mapper",
                    Map.of("attribute", "firstName", "attribute.value", "Mapped", "syncMode", "FORCE"));
            entra.addUser(ADA);
            String subject = entra.addUser(grace);
            String local = realm.addUser(grace);

            Tokens created =
                    SignIn.to(realm).through("entra").open().password(ADA).tokens();
            Tokens linked = SignIn.to(realm)
                    .open()
                    .social("entra")
                    .password(grace)
                    .addToExistingAccount()
                    .password(grace)
                    .tokens();

            assertThat(created.claims().path("given_name").asText()).isEqualTo("Mapped");
            assertThat(realm.links(created.userId()))
                    .singleElement()
                    .satisfies(link -> assertThat(link.getIdentityProvider()).isEqualTo("entra"));
            assertThat(linked.userId()).isEqualTo(local);
            assertThat(realm.links(local))
                    .singleElement()
                    .satisfies(link -> assertThat(link.getUserId()).isEqualTo(subject));
        }
    }

    @Test
    void anErrorPageSaysWhatKeycloakSays() {
        try (TestRealm realm = TestRealm.create(server)) {
            assertThat(SignIn.to(realm)
                            .with("redirect_uri", "http://other.test/")
                            .open()
                            .errorPage())
                    .satisfies(error -> {
                        assertThat(error.status()).isEqualTo(400);
                        assertThat(error.text()).isEqualTo("Invalid parameter: redirect_uri");
                    });
        }
    }

    @Test
    void aRealmSurvivesRestartAndKill() {
        try (TestRealm realm = TestRealm.create(server)) {
            String id = realm.addUser(ADA);

            server.restart();
            assertThat(realm.find("ada").getId()).isEqualTo(id);

            String grace = realm.addUser(TestUser.named("grace"));
            server.kill();
            server.start();
            assertThat(realm.find("grace").getId()).isEqualTo(grace);
            assertThat(SignIn.to(realm).open().password(ADA).tokens().userId()).isEqualTo(id);
        }
    }

    @Test
    void theLogIsReadable() {
        assertThat(server.log()).contains("Keycloak").contains("Listening on: http://127.0.0.1");
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions options = ServerOptions.named("taken")
                    .ports(new Ports(taken.getLocalPort(), Ports.free().management()))
                    .build();

            assertThatThrownBy(() -> KeycloakServer.start(options))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void anOptionKeycloakDoesNotKnowIsSaid() {
        ServerOptions options =
                ServerOptions.named("mistaken").option("no-such-option", "1").build();

        assertThatThrownBy(() -> KeycloakServer.start(options, line -> {}))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("ended before it was ready")
                .hasMessageContaining("Unknown option: '--no-such-option'")
                .hasMessageContaining("compare them with");
    }
}
