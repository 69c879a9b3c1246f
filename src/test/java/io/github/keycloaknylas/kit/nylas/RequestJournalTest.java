package io.github.keycloaknylas.kit.nylas;

import static io.github.keycloaknylas.testkit.nylas.RequestJournal.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.nylas.RequestJournal;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestJournalTest {

    private final NylasFixture fixture = new NylasFixture();
    private final RequestJournal journal = fixture.nylas.requests();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_request_is_kept_with_everything_a_test_may_ask_for() throws Exception {
        String requestId = fixture.client.connect("ada-token").textAt("/request_id");

        RecordedRequest request = journal.all().get(0);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v3/connect/custom");
        assertThat(request.header("Content-Type")).contains("application/json");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.apiKey().value()).isEqualTo("shop-key");
        assertThat(request.refreshToken()).contains(new Secret("ada-token"));
        assertThat(request.requestId()).isEqualTo(requestId);
        assertThat(request.status()).isEqualTo(201);
    }

    @Test
    void printing_what_was_recorded_gives_no_secret_away() throws Exception {
        fixture.client.connect("ada-token");

        assertThat(journal.all() + " " + journal.all().get(0).refreshToken() + fixture.exchanges)
                .contains("POST /v3/connect/custom -> 201")
                .doesNotContain("ada-token")
                .doesNotContain("shop-key")
                .doesNotContain("keycloak-secret");
    }

    @Test
    void requests_are_counted_and_selected() throws Exception {
        fixture.client.connect("ada-token");
        fixture.client.get("/v3/grants");

        assertThat(journal.count()).isEqualTo(2);
        assertThat(journal.all(to("GET", "/v3/grants"))).hasSize(1);
        assertThat(journal.await(to("POST", "/v3/connect"), 1, Duration.ZERO)).hasSize(1);
    }

    @Test
    void requests_that_are_under_way_together_are_seen_as_such() throws Exception {
        fixture.nylas.faults().next(1, WireFaults.blackHole());
        CompletableFuture<?> unanswered = fixture.client.connectLater("ada-token");
        RecordedRequest first = journal.await(to("POST", "/v3/connect"), 1, Duration.ofSeconds(10))
                .get(0);

        fixture.client.get("/v3/grants");

        assertThat(journal.underWayAtArrivalOf(journal.all().get(1))).containsExactly(first);
        fixture.nylas.faults().clear();
        unanswered.handle((answer, failure) -> failure).join();
        fixture.client.get("/v3/grants");
        assertThat(journal.underWayAtArrivalOf(journal.all().get(2))).isEmpty();
    }

    @Test
    void waiting_in_vain_tells_what_came_instead() throws Exception {
        fixture.client.get("/v3/grants");

        assertThatThrownBy(() -> journal.await(to("POST", "/v3/connect"), 1, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /v3/grants");
    }
}
