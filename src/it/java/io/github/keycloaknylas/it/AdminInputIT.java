package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.AdminApi;
import io.github.keycloaknylas.it.support.AdminApi.Answer;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed calls of the admin REST API are refused with a sentence that helps. */
class AdminInputIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();
    private static final String UNKNOWN_ID = "00000000-0000-0000-0000-000000000000";

    private static Scenario scenario;
    private static AdminApi api;

    @BeforeAll
    static void open() {
        scenario = Scenario.capturing(SERVER, ProviderKind.OIDC.provider());
        api = AdminApi.of(SERVER, scenario.keycloak().name());
    }

    @AfterAll
    static void close() {
        scenario.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grants?max=0",
                "grants?max=1001",
                "grants?max=many",
                "grants?after=%25%25",
                "grants?after=YWJj",
                "grants?status=broken",
                "grants/count?status=CONNECTED",
                "links-gone?after=x",
                "history",
                "history?user=x&after=y",
                "deletions?after=x"
            })
    void aMalformedParameterIsExplained(String path) {
        Answer answer = api.get(path);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "links-gone/confirm, `{}`",
                "links-gone/confirm, `[]`",
                "links-gone/confirm, `not json`",
                "links-gone/confirm, `{\"provider\": 5}`",
                "links-gone/confirm, `{\"ids\": []}`",
                "links-gone/confirm, `{\"ids\": [\"' or 1=1\"]}`",
                "links-gone/confirm, `{\"provider\": \"x\", \"ids\": [\"y\"]}`",
                "deletions/confirm, `{\"ids\": \"all\"}`",
                "deletions/retry, `{\"provider\": null}`"
            })
    void aMalformedBodyIsExplained(String path, String body) {
        Answer answer = api.post(path, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).contains("\"provider\"", "\"ids\"");
    }

    @Test
    void aBodyOfAMegabyteIsRefused() {
        Answer answer = api.post("deletions/confirm", "{\"provider\": \"" + "x".repeat(1_000_000) + "\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    }

    @Test
    void aMailboxOfAnotherRealmDoesNotExistHere() {
        try (Scenario other = Scenario.capturing(SERVER, ProviderKind.OIDC.provider())) {
            String userId = other.signIn(MicrosoftRealm.somebody()).tokens().userId();
            other.microsoft().awaitGrantId(userId);
            String id = AdminApi.of(SERVER, other.keycloak().name())
                    .get("grants")
                    .json()
                    .path("grants")
                    .get(0)
                    .path("id")
                    .asText();

            for (String unknown : List.of(id, UNKNOWN_ID, "x", "%27")) {
                assertThat(api.get("grants/" + unknown).status()).isEqualTo(404);
                assertThat(api.post("grants/" + unknown + "/disconnect").status())
                        .isEqualTo(404);
            }
            assertThat(api.get("grants/" + UNKNOWN_ID).error())
                    .contains(scenario.keycloak().name());
        }
    }
}
