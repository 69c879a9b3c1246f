package com.example;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestClient;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.TokenEndpoint;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static Fakes fakes;
    private static KeycloakServer keycloak;

    @BeforeAll
    static void start() {
        fakes = Fakes.start(Path.of("target/fake-microsoft"));
        // In a container or from the distribution, as the system property keycloak.runtime says.
        keycloak = KeycloakServer.start(fakes.server("sign-in").build());
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        fakes.close();
    }

    @Test
    void adaSignsInWithMicrosoftAndHerTokenShowsHerGrant() {
        try (TestRealm realm = TestRealm.create(keycloak, "acme", TestClient.confidential())) {
            realm.addProvider(fakes.oidc("entra"));
            realm.addMapper("entra", Fakes.MAPPER, Map.of());
            realm.setUpGrants();

            Attempt atMicrosoft = SignIn.to(realm).through("entra").open();
            Tokens signedIn = fakes.atMicrosoft(atMicrosoft, DefaultAccounts.ADA).tokens();

            // The sign-in did not wait for Nylas; the next tokens show the grant as soon as it is there.
            TokenEndpoint application = new TokenEndpoint(realm);
            Tokens later = await().atMost(Duration.ofSeconds(30))
                    .until(() -> application.refresh(signedIn), tokens -> tokens.claims().has("nylas_grant_id"));

            String grantId = later.claims().path("nylas_grant_id").asText();
            assertEquals(fakes.grantOf(DefaultAccounts.ADA).map(Grant::id).orElseThrow(), grantId);
        }
    }
}
