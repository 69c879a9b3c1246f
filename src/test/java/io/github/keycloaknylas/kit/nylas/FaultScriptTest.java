package io.github.keycloaknylas.kit.nylas;

import static io.github.keycloaknylas.testkit.nylas.RequestJournal.answered;
import static io.github.keycloaknylas.testkit.nylas.RequestJournal.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.ErrorShape;
import io.github.keycloaknylas.testkit.nylas.FaultScript;
import io.github.keycloaknylas.testkit.nylas.GrantFaults;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultScriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NylasFixture fixture = new NylasFixture();
    private final FaultScript faults = fixture.nylas.faults();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_fault_lasts_for_so_many_requests() throws Exception {
        faults.next(2, ErrorFaults.status(500));

        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(500);
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(500);
        assertThat(fixture.nylas.grants()).isEmpty();
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(201);
    }

    @Test
    void a_fault_lasts_until_it_is_cleared() throws Exception {
        faults.always(ErrorFaults.status(503));
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(503);

        faults.clear();

        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(201);
    }

    @Test
    void a_fault_may_concern_one_kind_of_request_only() throws Exception {
        faults.always(to("POST", "/v3/connect/custom"), ErrorFaults.status(503));

        assertThat(fixture.client.get("/v3/applications").status()).isEqualTo(200);
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(503);
    }

    @Test
    void errors_come_in_three_shapes() throws Exception {
        faults.next(1, ErrorFaults.error(418, ErrorShape.STANDARD, "api.teapot", "short and stout"))
                .next(1, ErrorFaults.error(400, ErrorShape.OAUTH, "invalid_token", "no"))
                .next(1, ErrorFaults.error(400, ErrorShape.NUMERIC, "ignored", "unable.verify.webhook_url"));

        Reply standard = fixture.client.get("/v3/grants");
        Reply oauth = fixture.client.get("/v3/grants");
        Reply numeric = fixture.client.get("/v3/grants");

        assertThat(standard.status()).isEqualTo(418);
        assertThat(standard.textAt("/error/type")).isEqualTo("api.teapot");
        assertThat(oauth.textAt("/error")).isEqualTo("invalid_token");
        assertThat(oauth.at("/error_code").asInt()).isEqualTo(400);
        assertThat(numeric.textAt("/error/type")).matches("\\d+");
    }

    @Test
    void microsofts_refusals_can_be_scripted() throws Exception {
        faults.next(1, ErrorFaults.refusedByMicrosoft("invalid_client", "AADSTS7000215: Invalid client secret"))
                .next(1, ErrorFaults.refreshTokenInvalid());

        assertThat(fixture.client.connect("ada-token").textAt("/error/provider_error/error"))
                .isEqualTo("invalid_client");
        assertThat(fixture.client.connect("ada-token").textAt("/error/type")).isEqualTo("grant.refresh_token_invalid");
    }

    @Test
    void a_429_comes_with_and_without_retry_after() throws Exception {
        faults.next(1, ErrorFaults.rateLimited(Duration.ofSeconds(5))).next(1, ErrorFaults.rateLimited(null));

        assertThat(fixture.client.connect("ada-token").header("Retry-After")).isEqualTo("5");
        assertThat(fixture.client.connect("ada-token").header("Retry-After")).isNull();
    }

    @Test
    void a_gateway_speaks_html_and_knows_no_request_id() throws Exception {
        faults.next(1, ErrorFaults.gatewayHtml());

        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.header("x-request-id")).isNull();
    }

    @Test
    void a_body_may_be_empty() throws Exception {
        faults.next(1, ErrorFaults.emptyBody(201));

        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).isEmpty();
    }

    @Test
    void a_cut_off_body_ends_before_its_announced_length_although_the_grant_exists() {
        faults.next(1, WireFaults.cutOff());

        assertThatThrownBy(() -> fixture.client.connect("ada-token")).isInstanceOf(IOException.class);
        assertThat(fixture.nylas.requests().all())
                .singleElement()
                .extracting(RecordedRequest::status)
                .isEqualTo(201);
        assertThat(fixture.nylas.grants()).hasSize(1);
    }

    @Test
    void a_dripping_body_ends_when_the_faults_are_cleared() throws Exception {
        faults.next(1, WireFaults.dripping(Duration.ofMillis(5)));
        CompletableFuture<HttpResponse<String>> reply = fixture.client.connectLater("ada-token");
        fixture.nylas.requests().await(answered(), 1, PATIENCE);
        assertThat(reply).isNotDone();

        faults.clear();

        assertThat(reply).failsWithin(PATIENCE);
        assertThat(fixture.nylas.grants()).isEmpty();
    }

    @Test
    void a_huge_body_is_still_the_right_json() throws Exception {
        faults.next(1, GrantFaults.hugeBody(10_000_000));

        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.text()).hasSizeGreaterThan(10_000_000);
        assertThat(reply.textAt("/data/email")).isEqualTo("Ada@contoso.example");
    }

    @Test
    void a_success_may_lack_the_grant_id_or_the_mailbox() throws Exception {
        faults.next(1, GrantFaults.withoutId()).next(1, GrantFaults.withoutEmail());

        Reply withoutId = fixture.client.connect("ada-token");
        Reply withoutEmail = fixture.client.connect("ada-token");

        assertThat(withoutId.status()).isEqualTo(201);
        assertThat(withoutId.at("/data").has("id")).isFalse();
        assertThat(withoutEmail.at("/data").has("email")).isFalse();
        assertThat(withoutEmail.at("/data").has("id")).isTrue();
    }

    @Test
    void a_success_may_tell_of_somebody_else() throws Exception {
        faults.next(1, GrantFaults.otherEmail("eve@contoso.example"))
                .next(1, GrantFaults.otherProviderUserId("eve-oid"))
                .next(1, GrantFaults.otherId("eves-grant"));

        assertThat(fixture.client.connect("ada-token").textAt("/data/email")).isEqualTo("eve@contoso.example");
        assertThat(fixture.client.connect("ada-token").textAt("/data/provider_user_id"))
                .isEqualTo("eve-oid");
        assertThat(fixture.client.connect("ada-token").textAt("/data/id")).isEqualTo("eves-grant");
    }

    @Test
    void a_success_may_be_an_invalid_grant_or_one_of_another_provider() throws Exception {
        faults.next(1, GrantFaults.invalid()).next(1, GrantFaults.otherProvider("ews"));

        assertThat(fixture.client.connect("ada-token").textAt("/data/grant_status"))
                .isEqualTo("invalid");
        assertThat(fixture.client.connect("ada-token").textAt("/data/provider")).isEqualTo("ews");
    }

    @Test
    void a_connection_is_reset_before_anything_is_done() {
        faults.next(1, WireFaults.connectionReset());

        assertThatThrownBy(() -> fixture.client.connect("ada-token"))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(fixture.nylas.grants()).isEmpty();
    }

    @Test
    void an_answer_is_lost_after_everything_was_done() {
        faults.next(1, WireFaults.lostAnswer());

        assertThatThrownBy(() -> fixture.client.connect("ada-token")).isInstanceOf(IOException.class);
        assertThat(fixture.nylas.grants()).hasSize(1);
    }

    @Test
    void a_black_hole_holds_its_prey_until_the_faults_are_cleared() {
        faults.next(1, WireFaults.blackHole());
        CompletableFuture<HttpResponse<String>> reply = fixture.client.connectLater("ada-token");
        RecordedRequest request =
                fixture.nylas.requests().await(any -> true, 1, PATIENCE).get(0);
        assertThat(request.status()).isZero();
        assertThat(reply).isNotDone();

        faults.clear();

        assertThat(reply).failsWithin(PATIENCE);
    }

    @Test
    void closing_ends_what_is_delayed() {
        faults.next(1, WireFaults.late(Duration.ofHours(1)));
        fixture.nylas.behaviour().latency(Duration.ofMillis(1));
        CompletableFuture<HttpResponse<String>> reply = fixture.client.connectLater("ada-token");
        fixture.nylas.requests().await(any -> true, 1, PATIENCE);

        fixture.nylas.close();

        assertThat(reply.handle((answer, failure) -> "over")).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void clearing_lets_late_answers_through() {
        faults.next(1, WireFaults.late(Duration.ofHours(1)));
        CompletableFuture<HttpResponse<String>> reply = fixture.client.connectLater("ada-token");
        fixture.nylas.requests().await(any -> true, 1, PATIENCE);
        await().untilAsserted(() -> assertThat(fixture.nylas.grants()).hasSize(1));
        assertThat(reply).isNotDone();

        faults.clear();

        assertThat(reply)
                .succeedsWithin(PATIENCE)
                .extracting(HttpResponse::statusCode)
                .isEqualTo(201);
    }

    @RepeatedTest(5)
    void an_outage_refuses_connections_and_loses_no_grant() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");

        fixture.nylas.goDown();
        assertThatThrownBy(() -> fixture.client.connect("ada-token")).isInstanceOf(ConnectException.class);

        fixture.nylas.comeBack();
        assertThat(fixture.client.get("/v3/grants/" + id).status()).isEqualTo(200);
    }
}
