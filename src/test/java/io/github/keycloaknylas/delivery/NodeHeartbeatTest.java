package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.NodeEntity;
import io.github.keycloaknylas.ledger.Nodes;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node shows that it is there, and with which settings. */
@OnEveryDatabase
class NodeHeartbeatTest {

    private final TestDatabase database;
    private final Transactions transactions;
    private Instant now = Instant.ofEpochMilli(1_000_000);
    private final InstantSource clock = () -> now;
    private final Options options = Options.none()
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));

    NodeHeartbeatTest(Engine engine) {
        Crypto.use();
        database = TestDatabase.empty(engine);
        transactions = new Transactions(new FakeKeycloak(database).lightweightFactory());
    }

    private List<NodeEntity> nodes() {
        return transactions.call(session -> Nodes.of(session).seenAfter(0));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aNodeHasOneRowWithItsSettingsAndAProofOfItsKey() {
        NodeHeartbeat node = new NodeHeartbeat(transactions, clock);
        node.beat();
        options.with("nylas-delivery/default/leaving-grace-hours", "48");
        later(Duration.ofMinutes(1));
        node.beat();

        assertThat(nodes()).singleElement().satisfies(row -> {
            assertThat(row.settings()).containsEntry("spi-nylas-delivery--default--leaving-grace-hours", "48");
            assertThat(row.proof()).isPresent();
        });
    }

    @Test
    void nothingIsWrittenMoreOftenThanOnceAMinute() {
        NodeHeartbeat node = new NodeHeartbeat(transactions, clock);
        node.beat();
        long written = database.writes("NYLAS_NODE");
        later(Duration.ofSeconds(59));

        node.beat();

        assertThat(database.writes("NYLAS_NODE")).isEqualTo(written);
    }

    @Test
    void aNodeThatStopsIsRemovedAndOneThatWasKilledThreeMinutesLater() {
        NodeHeartbeat stopped = new NodeHeartbeat(transactions, clock);
        NodeHeartbeat killed = new NodeHeartbeat(transactions, clock);
        NodeHeartbeat running = new NodeHeartbeat(transactions, clock);
        List.of(stopped, killed, running).forEach(NodeHeartbeat::beat);

        stopped.stop();
        assertThat(nodes()).hasSize(2);

        later(Duration.ofMinutes(3).plusMillis(1));
        running.beat();
        assertThat(nodes()).hasSize(1);
    }
}
