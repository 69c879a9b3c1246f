package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The statements on the tables of the extension by which the token of a new mailbox is handed over. */
@OnEveryDatabase
class HandoverStatementsTest {

    private static final Pattern TABLES =
            Pattern.compile("^(select|insert|update|delete)|(?<=from |into |update |join )nylas_\\w+");

    private final DeliveryFixture fixture;
    private final TestDatabase database;

    HandoverStatementsTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        database = TestDatabase.opened(engine);
    }

    private List<String> during(Runnable work) {
        return database.statements(work).stream()
                .map(HandoverStatementsTest::shortened)
                .toList();
    }

    private static String shortened(String sql) {
        Matcher words = TABLES.matcher(sql.toLowerCase(Locale.ROOT));
        return String.join(" ", words.results().map(word -> word.group()).toList());
    }

    @Test
    void aCaptureIsMergedWithoutBeingReadAgainAndItsHashesAreInsertedTogether() {
        fixture.signedIn("ada", "token", 10);

        assertThat(during(fixture.parts.merger::merge))
                .containsExactlyInAnyOrder(
                        "select nylas_capture",
                        "select nylas_grant",
                        "update nylas_capture",
                        "insert nylas_grant",
                        "insert nylas_identity");
    }

    @Test
    void theResultIsRecordedAfterOneReadAndLeasesTheAttribute() {
        PreparedHandover handover = new Handovers(fixture).prepared("ada");
        Recorder recorder = new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE);

        assertThat(during(() ->
                        recorder.granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("g", "ada"))))
                .containsExactly(
                        "select nylas_grant nylas_hold nylas_deletion",
                        "insert nylas_hold",
                        "insert nylas_history",
                        "update nylas_grant");

        assertThat(during(() -> fixture.parts.attributes.write(handover)))
                .containsExactly("select nylas_grant", "update nylas_grant");
        assertThat(fixture.shown("ada")).contains("g");
    }

    @Test
    void theMapperIsNotReadAgainForTheAttribute() {
        PreparedHandover handover = new Handovers(fixture).prepared("ada");
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("g", "ada"), "request-1"));
        fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE)
                .granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("g", "ada"));

        fixture.parts.attributes.write(handover);

        assertThat(fixture.shown("ada")).contains("g");
    }
}
