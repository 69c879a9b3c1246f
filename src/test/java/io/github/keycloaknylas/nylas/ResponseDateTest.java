package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that Nylas' responses give is passed on, whatever else they say. */
class ResponseDateTest extends NylasClientTestBase {

    private List<Instant> dates(int status, String... headers) {
        List<Instant> dates = new ArrayList<>();
        stub.answerWith(WireStub.reply(status, "{}", headers));
        try (NylasClient observed = new NylasClient(http, Duration.ofSeconds(20), CallObserver.NONE, dates::add)) {
            observed.application(stub.connection());
        }
        return dates;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 500})
    void theTimeOfAnyResponseIsPassedOn(int status) {
        assertThat(dates(status, "Date: Mon, 06 May 2030 10:00:00 GMT"))
                .containsExactly(Instant.parse("2030-05-06T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date: soon", "Date: ", "X-Date: Mon, 06 May 2030 10:00:00 GMT"})
    void aResponseWithoutATimeIsNoFailure(String header) {
        assertThat(dates(200, header)).isEmpty();
    }
}
