package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.support.store.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** An application whose grants are compared with the ledger, where ada has one. */
abstract class ReconciliationTestBase {

    static final Duration INTERVAL = Duration.ofHours(6);
    static final String CONNECTION = Digests.sha256("https://api.us.nylas.com", DeliveryFixture.APPLICATION);
    final DeliveryFixture fixture;
    final FakeListing nylas;
    Reconciliation reconciliation;

    ReconciliationTestBase(Engine engine) {
        fixture = new DeliveryFixture(engine);
        nylas = new FakeListing(fixture.nylas);
    }

    @BeforeEach
    void adaHasAGrant() {
        reconciliation = node(INTERVAL);
        connected("ada");
        reconciliation.run();
    }

    Reconciliation node(Duration interval) {
        return node(fixture.parts, interval);
    }

    Reconciliation node(DeliveryParts parts, Duration interval) {
        return parts(parts, interval).reconciliation;
    }

    ReconciliationParts parts(DeliveryParts delivery, Duration interval) {
        return new ReconciliationParts(
                fixture.transactions,
                delivery,
                DeliveryFixture.SETTINGS,
                new ReconciliationSettings(interval, 2, 5),
                new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
                fixture.warnings);
    }

    void connected(String name) {
        fixture.person(name);
        fixture.connected(name, "grant-of-" + name);
        nylas.has(DeliveryFixture.grant("grant-of-" + name, name));
    }

    void connected(int people) {
        people(people).forEach(this::connected);
    }

    static List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> "person-" + i).toList();
    }

    void passAfterTheInterval() {
        fixture.clock.forward(INTERVAL);
        reconciliation.run();
        fixture.parts.attributes.writeDue();
    }

    <T> T row(Function<ConnectionEntity, T> look) {
        return fixture.transactions.call(
                session -> ConnectionRows.of(session).find(CONNECTION).map(look).orElseThrow());
    }

    long connectedOf(List<String> names) {
        return names.stream()
                .filter(name -> fixture.state(name).equals(Optional.of(GrantState.CONNECTED)))
                .count();
    }

    void verifyLooks(int calls) {
        verify(fixture.nylas, times(calls)).grant(any(), any());
    }
}
