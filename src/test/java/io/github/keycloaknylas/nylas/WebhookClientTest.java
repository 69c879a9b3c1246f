package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.WireStub.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls about webhooks: what goes over the wire, and what is read from it. */
final class WebhookClientTest extends NylasClientTestBase {

    private static final String URL = "https://keycloak.example.com/realms/master/nylas/webhooks/1";

    private WebhookClient webhooks() {
        return client.webhooks();
    }

    private static String data(String json) {
        return "{\"request_id\":\"r-1\",\"data\":" + json + "}";
    }

    private static String error(String type, String message) {
        return "{\"request_id\":\"r-1\",\"error\":{\"type\":" + type + ",\"message\":\"" + message + "\"}}";
    }

    private CallResult<WebhookSecret> create(WireStub.Script script) {
        stub.answerWith(script);
        return webhooks().create(stub.connection(), URL, Set.of("grant.expired", "grant.created"));
    }

    @Test
    void createsAnUncompressedWebhookAndReadsItsSecret() {
        CallResult<WebhookSecret> created =
                create(reply(200, data("{\"id\":\"w-1\",\"webhook_secret\":\"s\",\"status\":\"active\"}")));

        assertThat(done(created).value()).isEqualTo(new WebhookSecret("w-1", "s"));
        WireStub.Request request = stub.requests.get(0);
        assertThat(request.line()).isEqualTo("POST /v3/webhooks HTTP/1.1");
        assertThat(request.body())
                .isEqualTo("{\"webhook_url\":\"" + URL + "\",\"description\":\"keycloak-nylas\","
                        + "\"compressed_delivery\":false,\"trigger_types\":[\"grant.created\",\"grant.expired\"]}");
        assertThat(request.header("Authorization")).contains("Bearer nyk_test_key");
    }

    @Test
    void aCreatedWebhookWithoutASecretIsNoSuccess() {
        assertThat(failure(create(reply(200, data("{\"id\":\"w-1\"}")))).kind()).isEqualTo(FailureKind.TEMPORARY);
        assertThat(failure(create(reply(200, data("{\"webhook_secret\":\"s\"}"))))
                        .kind())
                .isEqualTo(FailureKind.TEMPORARY);
    }

    @Test
    void anAddressThatNylasCannotReadIsNamedAsTheCause() {
        Failure numeric = failure(create(reply(400, error("70005", "unable.verify.webhook_url : timeout"))));
        Failure textual = failure(create(reply(400, error("\"unable.verify.webhook_url\"", "m"))));

        assertThat(List.of(numeric, textual))
                .allSatisfy(failure ->
                        assertThat(failure.hint()).contains("publish /realms/").endsWith("."));
    }

    @Test
    void otherRefusalsAreForAnAdministrator() {
        Failure failure = failure(create(reply(400, error("\"invalid_request_error\"", "m"))));

        assertThat(failure.kind()).isEqualTo(FailureKind.ADMINISTRATOR);
        assertThat(failure.hint()).contains("refused the request about the webhook");
    }

    @Test
    void aRefusedKeyIsNamed() {
        assertThat(failure(create(reply(401, error("\"unauthorized\"", "m")))).hint())
                .contains("API key");
    }

    @Test
    void listsTheWebhooks() {
        stub.answerWith(reply(
                200,
                data("[{\"id\":\"w-1\",\"webhook_url\":\"" + URL + "\",\"trigger_types\":[\"grant.expired\"],"
                        + "\"status\":\"failing\"},{\"id\":\"w-2\"},{\"id\":\"../x\",\"webhook_url\":\"u\"}]")));

        CallResult<List<NylasWebhook>> list = webhooks().list(stub.connection());

        assertThat(done(list).value())
                .containsExactly(new NylasWebhook("w-1", URL, Set.of("grant.expired"), "failing"));
        assertThat(stub.requests.get(0).line()).isEqualTo("GET /v3/webhooks HTTP/1.1");
    }

    @Test
    void anAnswerWithoutAListIsNoEmptyList() {
        stub.answerWith(reply(200, data("{}")));

        assertThat(failure(webhooks().list(stub.connection())).kind()).isEqualTo(FailureKind.TEMPORARY);
    }

    @Test
    void readsOneWebhook() {
        stub.answerWith(reply(200, data("{\"id\":\"w-1\",\"webhook_url\":\"" + URL + "\"}")));

        assertThat(done(webhooks().read(stub.connection(), "w-1")).value())
                .isEqualTo(new NylasWebhook("w-1", URL, Set.of(), ""));
        assertThat(stub.requests.get(0).line()).isEqualTo("GET /v3/webhooks/w-1 HTTP/1.1");
    }

    @Test
    void deletesAWebhookAndTakesOneThatIsGoneForDeleted() {
        stub.answerWith(reply(200, data("{\"status\":\"success\"}")));
        assertThat(done(webhooks().delete(stub.connection(), "w-1")).value()).isEqualTo(DeletionOutcome.DELETED);
        assertThat(stub.requests.get(0).line()).isEqualTo("DELETE /v3/webhooks/w-1 HTTP/1.1");

        stub.answerWith(reply(400, error("\"70000\"", "destination.id.not.found : record not found")));
        assertThat(done(webhooks().delete(stub.connection(), "w-1")).value()).isEqualTo(DeletionOutcome.ALREADY_GONE);
        stub.answerWith(reply(404, error("\"not_found_error\"", "m")));
        assertThat(done(webhooks().delete(stub.connection(), "w-1")).value()).isEqualTo(DeletionOutcome.ALREADY_GONE);
        stub.answerWith(reply(400, error("\"other\"", "m")));
        assertThat(failure(webhooks().delete(stub.connection(), "w-1")).kind()).isEqualTo(FailureKind.ADMINISTRATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{\"id\":\"w-1\",\"webhook_secret\":\"s2\"}}", "{\"webhook_secret\":\"s2\"}"})
    void rotatesTheSecretWhereverNylasReturnsIt(String body) {
        stub.answerWith(reply(200, body));

        CallResult<WebhookSecret> rotated = webhooks().rotate(stub.connection(), "w-1");

        assertThat(done(rotated).value()).isEqualTo(new WebhookSecret("w-1", "s2"));
        assertThat(stub.requests.get(0).line()).isEqualTo("POST /v3/webhooks/rotate-secret/w-1 HTTP/1.1");
        assertThat(stub.requests.get(0).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../grants/g-1", "a/b", "a?b"})
    void whatIsNoIdNeverGoesIntoAPath(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> webhooks().read(stub.connection(), id));
        assertThatIllegalArgumentException().isThrownBy(() -> webhooks().delete(stub.connection(), id));
        assertThatIllegalArgumentException().isThrownBy(() -> webhooks().rotate(stub.connection(), id));
    }

    @Test
    void nothingThatIsPrintedHoldsTheSecret() {
        assertThat(new WebhookSecret("w-1", "the-secret").toString()).doesNotContain("the-secret");
    }
}
