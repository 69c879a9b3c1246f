package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gauges show how many rows there are, and how long the oldest token has waited. */
@OnEveryDatabase
class LedgerGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeliveryFixture fixture;
    private final LedgerGauges gauges;

    LedgerGaugesTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        gauges = new LedgerGauges(fixture.transactions, fixture.clock, Duration.ofMinutes(1));
    }

    @BeforeEach
    void register() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void unregister() {
        Metrics.removeRegistry(registry);
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double mailboxes(String state) {
        return gauge("nylas.mailboxes", "state", state);
    }

    @Test
    void mailboxesAreCountedByTheirState() {
        Mailboxes.connected(fixture, "ada", "bob", "eve");
        Mailboxes.hold(fixture, "bob");
        fixture.person("joe");
        fixture.waiting("joe", "token");

        gauges.update();

        assertThat(mailboxes("connected")).isEqualTo(2);
        assertThat(mailboxes("held")).isEqualTo(1);
        assertThat(mailboxes("absent")).isEqualTo(1);
        assertThat(mailboxes("reconnect")).isZero();
    }

    @Test
    void deletionsWaitFromTheUnlinkUntilTheyAreDone() {
        fixture.connected("ada", "grant-1");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        fixture.parts.attributes.writeDue();
        gauges.update();
        assertThat(gauge("nylas.deletions.queued")).isEqualTo(1);

        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
        gauges.update();

        assertThat(gauge("nylas.deletions.queued")).isZero();
    }

    @Test
    void theOldestTokenWaitsUntilItIsHandedOver() {
        fixture.waiting("ada", "token");
        fixture.clock.forward(Duration.ofSeconds(90));
        gauges.update();
        assertThat(gauge("nylas.handovers.oldest")).isEqualTo(90);

        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofMinutes(1));
        gauges.update();

        assertThat(gauge("nylas.handovers.oldest")).isZero();
    }

    @Test
    void mailboxesAreCountedBeyondOnePage() {
        fixture.transactions.run(session -> {
            for (String name : Mailboxes.named("person-", 1_001)) {
                Ledger.of(session).create(DeliveryFixture.mailbox(name), name, fixture.now());
            }
        });

        gauges.update();

        assertThat(mailboxes("absent")).isEqualTo(1_001);
    }

    @Test
    void nothingIsCountedBeforeItsTime() {
        Mailboxes.connected(fixture, "ada", "bob", "eve");

        gauges.update();
        fixture.clock.forward(Duration.ofSeconds(59));
        Mailboxes.hold(fixture, "ada");
        gauges.update();

        assertThat(mailboxes("connected")).isEqualTo(3);
    }
}
