package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One grant, and the list of all, as Nylas reports them. */
class ReadGrantsTest extends NylasClientTestBase {

    private static final String NOT_FOUND =
            "{\"request_id\":\"r-1\",\"error\":{\"type\":\"grant.not_found\",\"message\":\"No Grant found\"}}";

    private CallResult<Optional<NylasGrant>> grant(WireStub.Script script) {
        stub.answerWith(script);
        return client.grant(stub.connection(), "g-1");
    }

    private CallResult<List<NylasGrant>> grants(WireStub.Script script) {
        stub.answerWith(script);
        return client.grants(stub.connection(), 400, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "invalid"})
    void readsAGrantAndWhetherItIsValid(String status) {
        NylasGrant grant = done(grant(WireStub.reply(
                        200,
                        "{\"data\":{\"id\":\"g-1\",\"grant_status\":\"" + status + "\",\"email\":\"ada@example.com\","
                                + "\"provider_user_id\":\"oid\",\"scope\":[\"Mail.Read\"]}}")))
                .value()
                .orElseThrow();

        assertThat(grant.valid()).isEqualTo(status.equals("valid"));
        assertThat(grant.email()).isEqualTo("ada@example.com");
        assertThat(grant.providerUserId()).isEqualTo("oid");
        assertThat(grant.scopes()).containsExactly("Mail.Read");
        assertThat(stub.requests.get(0).line()).isEqualTo("GET /v3/grants/g-1 HTTP/1.1");
        assertThat(stub.requests.get(0).header("Authorization")).contains("Bearer nyk_test_key");
    }

    @Test
    void aGrantThatNylasDoesNotKnowIsNone() {
        assertThat(done(grant(WireStub.reply(404, NOT_FOUND))).value()).isEmpty();
    }

    @Test
    void theNotFoundOfAGatewayProvesNothing() {
        temporary(grant(WireStub.reply(404, "<html>not found</html>")), FailureCause.NOT_NYLAS);
    }

    @Test
    void anotherGrantThanTheOneAskedForProvesNothing() {
        temporary(grant(WireStub.reply(200, "{\"data\":{\"id\":\"g-2\"}}")), FailureCause.INCOMPLETE);
    }

    @Test
    void aRefusedKeyIsAFailureOfTheConnection() {
        Failure failure = failure(grant(WireStub.reply(401, "{\"error\":{\"type\":\"unauthorized\"}}")));

        assertThat(failure.reach()).isEqualTo(FailureReach.CONNECTION);
    }

    @Test
    void aBlockedGrantIsAFailureOfThisGrant() {
        Failure failure = failure(grant(WireStub.reply(423, "{\"error\":{\"type\":\"api.resource_blocked\"}}")));

        assertThat(failure.kind()).isEqualTo(FailureKind.ADMINISTRATOR);
        assertThat(failure.reach()).isEqualTo(FailureReach.ROW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "ada@example.com", "email:ada@example.com", "a/b"})
    void readsNothingButByGrantId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.grant(stub.connection(), id));
    }

    @Test
    void readsAPageOfGrantsTheOldestFirst() {
        List<NylasGrant> page = done(grants(WireStub.reply(
                        200, "{\"data\":[{\"id\":\"g-1\"},{\"id\":\"g-2\",\"grant_status\":\"invalid\"}]}")))
                .value();

        assertThat(page).extracting(NylasGrant::id).containsExactly("g-1", "g-2");
        assertThat(page).extracting(NylasGrant::valid).containsExactly(true, false);
        assertThat(stub.requests.get(0).line())
                .isEqualTo("GET /v3/grants?limit=200&offset=400&sort_by=created_at&order_by=asc HTTP/1.1");
    }

    @Test
    void thePageBehindTheLastOneIsEmpty() {
        assertThat(done(grants(WireStub.reply(200, "{\"data\":[]}"))).value()).isEmpty();
    }

    @Test
    void aGrantThatCannotBeReadIsLeftOut() {
        assertThat(done(grants(WireStub.reply(200, "{\"data\":[{\"id\":\"../g\"},7,{\"id\":\"g-2\"}]}")))
                        .value())
                .extracting(NylasGrant::id)
                .containsExactly("g-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{}}", "{}", "{\"data\":null}"})
    void aResponseWithoutAListProvesNothing(String body) {
        temporary(grants(WireStub.reply(200, body)), FailureCause.INCOMPLETE);
    }

    @Test
    void aPageMayBeLongerThanAnyOtherResponse() {
        String grants = Collections.nCopies(200, "{\"id\":\"g-1\",\"name\":\"" + "x".repeat(5_000) + "\"}").stream()
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));

        assertThat(done(grants(WireStub.reply(200, grants))).value()).hasSize(200);
    }
}
