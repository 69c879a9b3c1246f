package io.github.keycloaknylas.kit.microsoft;

import static io.github.keycloaknylas.kit.microsoft.MicrosoftClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RedeemingTest {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final FakeMicrosoft microsoft = FakeMicrosoft.start();
    private final MicrosoftClient client = MicrosoftClient.plain(microsoft);

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void a_code_brings_tokens_for_the_scopes_in_the_spelling_they_were_asked_for() {
        JsonNode answer =
                client.signIn(DefaultAccounts.ADA, "User.read offline_access https://graph.microsoft.com/Mail.Read");

        assertThat(answer.get("scope").asText()).isEqualTo("User.read https://graph.microsoft.com/Mail.Read");
        assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.get("expires_in").asInt()).isEqualTo(3599);
        assertThat(answer.get("access_token").asText()).isNotBlank();
        assertThat(answer.get("refresh_token").asText()).startsWith("1.AXoA").hasSizeGreaterThan(800);
    }

    @Test
    void there_is_no_refresh_token_without_offline_access() {
        assertThat(client.signIn(DefaultAccounts.ADA, "openid User.Read").has("refresh_token"))
                .isFalse();
    }

    @Test
    void a_code_is_good_once() {
        String code = code();
        client.redeem(code);

        assertRefused(client.redeem(code), 400, "invalid_grant", 54005);
    }

    @Test
    void a_code_is_good_only_for_its_app_and_its_address() {
        App other = App.of("other", "x", "Other");
        microsoft.register(other);

        assertRefused(client.redeem(code(), "client_id", "other", "client_secret", "x"), 400, "invalid_grant", 70000);
        assertRefused(client.redeem(code(), "redirect_uri", "http://elsewhere.example"), 401, "invalid_client", 500112);
        assertRefused(client.redeem("made-up"), 400, "invalid_grant", 9002313);
    }

    @Test
    void a_code_asked_for_with_a_challenge_needs_the_verifier() {
        var authorize = client.authorize("code_challenge", CHALLENGE, "code_challenge_method", "S256");
        String code = client.decide(authorize, "accept", DefaultAccounts.ADA).get("code");

        assertRefused(client.redeem(code), 400, "invalid_grant", 501481);
        assertRefused(client.redeem(code, "code_verifier", "wrong"), 400, "invalid_grant", 501481);
        assertThat(client.redeem(code, "code_verifier", VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void an_app_must_be_known_and_show_its_secret() {
        assertRefused(client.redeem(code(), "client_secret", "wrong"), 401, "invalid_client", 7000215);
        assertRefused(client.redeem(code(), "client_secret", ""), 401, "invalid_client", 7000218);
        assertRefused(client.redeem(code(), "client_id", "nobody"), 400, "unauthorized_client", 700016);
        assertRefused(client.redeem(code(), "client_id", ""), 400, "invalid_request", 900144);
        assertRefused(client.redeem(code(), "grant_type", "password"), 400, "unsupported_grant_type", 70003);
    }

    @Test
    void an_app_may_show_its_secret_in_a_basic_header() {
        var form = Map.of("grant_type", "authorization_code", "code", code(), "redirect_uri", MicrosoftClient.CALLBACK);

        assertThat(client.post(microsoft.urls().tokenUrl(), form, "Authorization", basic("fake-secret"))
                        .statusCode())
                .isEqualTo(200);
        assertRefused(
                client.post(microsoft.urls().tokenUrl(), form, "Authorization", basic("wrong")),
                401,
                "invalid_client",
                7000215);
    }

    @Test
    void a_changed_secret_counts_at_once() {
        microsoft.register(App.DEFAULT.withSecret("new"));

        assertRefused(client.redeem(code()), 401, "invalid_client", 7000215);
        assertThat(client.redeem(code(), "client_secret", "new").statusCode()).isEqualTo(200);
    }

    @Test
    void the_next_answer_can_be_replaced_or_rewritten_and_the_one_after_is_genuine_again() {
        microsoft
                .behaviourOf(DefaultAccounts.ADA)
                .nextTokenResponse(503, "{\"expires_in\":\"soon\"}")
                .rewriteNextTokenResponse(genuine -> genuine.replace("3599", "\"3599\""));

        HttpResponse<String> replaced = client.redeem(code());
        JsonNode rewritten = json(client.redeem(code()));
        JsonNode genuine = json(client.redeem(code()));

        assertThat(replaced.statusCode()).isEqualTo(503);
        assertThat(replaced.body()).isEqualTo("{\"expires_in\":\"soon\"}");
        assertThat(rewritten.get("expires_in").isTextual()).isTrue();
        assertThat(client.me(rewritten.get("access_token").asText()).statusCode())
                .isEqualTo(200);
        assertThat(genuine.get("expires_in").isInt()).isTrue();
    }

    @Test
    void a_slow_account_is_answered_late_and_holds_up_nobody_else() {
        microsoft.behaviourOf(DefaultAccounts.ADA).latency(Duration.ofHours(1));
        String token = microsoft.issueRefreshToken(DefaultAccounts.ADA, App.DEFAULT, "offline_access");
        String form = "grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s"
                .formatted(App.DEFAULT.clientId(), App.DEFAULT.clientSecret(), token);
        HttpRequest impatient = HttpRequest.newBuilder(microsoft.urls().tokenUrl())
                .timeout(Duration.ofMillis(300))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> HttpClient.newHttpClient().send(impatient, BodyHandlers.ofString()));
        assertThat(client.signIn(DefaultAccounts.GRACE, "User.Read").has("access_token"))
                .isTrue();
    }

    @Test
    void a_latency_delays_the_good_answer_and_changes_nothing_in_it() {
        microsoft.behaviourOf(DefaultAccounts.ADA).latency(Duration.ofMillis(50));
        long before = System.nanoTime();

        assertThat(client.redeem(code()).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void every_request_is_counted_refused_ones_too() {
        client.redeem(code());
        client.redeem("made-up");

        assertThat(microsoft.tokenRequests()).isEqualTo(2);
    }

    static void assertRefused(HttpResponse<String> answer, int status, String error, int code) {
        JsonNode body = json(answer);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(body.get("error").asText()).isEqualTo(error);
        assertThat(body.get("error_codes")).singleElement().matches(number -> number.asInt() == code);
        assertThat(body.get("error_description").asText()).startsWith("AADSTS" + code + ": ");
    }

    private String code() {
        return client.decide(client.authorize(), "accept", DefaultAccounts.ADA).get("code");
    }

    private static String basic(String secret) {
        byte[] pair = (App.DEFAULT.clientId() + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
