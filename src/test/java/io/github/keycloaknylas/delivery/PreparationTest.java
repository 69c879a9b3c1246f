package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.PreparationLimiter;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call needs is read after the lease, and a row for which something is missing is put back. */
@OnEveryDatabase
class PreparationTest {

    private final DeliveryFixture fixture;
    private final Handovers handovers;

    PreparationTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
    }

    private Preparation preparation(Transactions transactions) {
        CircuitBreakers breakers = new CircuitBreakers(
                fixture.clock, fixture.backoff, Duration.ofMinutes(1), DeliveryFixture.LEASE, Duration.ofMinutes(1));
        return new Preparation(
                transactions,
                new HandoverConditions(fixture.keycloak.links(), fixture.backoff, fixture.clock, fixture.warnings),
                breakers,
                new PreparationLimiter(16),
                fixture.backoff,
                fixture.clock);
    }

    private void ownConnection() {
        fixture.keycloak.provider(
                DeliveryFixture.REALM,
                DeliveryFixture.ALIAS,
                Map.of("apiUrl", "https://nylas.example.com/", "apiKey", "${vault.nylas}"));
    }

    @Test
    void aPreparedHandoverHasAllThatTheCallNeeds() {
        String id = fixture.waiting("ada", "refresh-token");

        PreparedHandover handover = handovers.next().orElseThrow();

        assertThat(handover.row().rowId()).isEqualTo(id);
        assertThat(handover.signIn().mailbox()).isEqualTo(DeliveryFixture.mailbox("ada"));
        assertThat(handover.token().text()).isEqualTo("refresh-token");
        assertThat(handover.token().capturedAt()).isEqualTo(fixture.now());
        assertThat(handover.signIn().userId()).isEqualTo("ada");
        assertThat(handover.signIn().realmName()).isEqualTo("realm-name");
        assertThat(handover.connection().key().value()).isEqualTo("server-key");
        assertThat(handover.mapper().requiredScopes()).isEqualTo(Set.of("Mail.Read", "Calendars.Read"));
        assertThat(handover.mapper().attribute()).isEqualTo("nylas_grant_id");
        assertThat(handover.failed().attempts()).isZero();
        assertThat(handover.failed().refusals()).isZero();
        assertThat(handover.toString()).doesNotContain("refresh-token", "server-key");
    }

    @Test
    void theRealmsOwnConnectionIsUsedWithItsKeyFromTheVault() {
        fixture.keycloak.vault().put("${vault.nylas}", "realm-key\n");
        ownConnection();
        fixture.waiting("ada", "token");

        PreparedHandover handover = handovers.next().orElseThrow();

        assertThat(handover.connection().key().value()).isEqualTo("realm-key");
        assertThat(handover.connection().key().apiUrl()).hasToString("https://nylas.example.com");
    }

    @Test
    void withoutItsLinkATokenWaitsAsARefusedRowAndIsHandedOverWhenTheLinkIsBack() {
        fixture.waiting("ada", "token");
        fixture.unlink("ada");

        assertThat(handovers.next()).isEmpty();
        assertThat(handovers.failure("ada")).contains("link_missing");
        assertThat(fixture.read("ada", GrantEntity::refusals)).isEqualTo(1);
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ofMinutes(1));
        fixture.link("ada", "ada");
        assertThat(handovers.next()).isEmpty();
        fixture.clock.forward(Duration.ofMinutes(1));

        assertThat(handovers.next()).isPresent();
    }

    @Test
    void aLinkToASubjectThatDiffersByCaseIsNotTheSameAccount() {
        fixture.waiting("ada", "token");
        fixture.link("ada", "ADA");

        assertThat(handovers.next()).isEmpty();

        assertThat(handovers.failure("ada")).contains("link_missing");
    }

    @Test
    void aMissingLinkConcernsNoOtherRow() {
        fixture.person("eve");
        fixture.waiting("ada", "token");
        fixture.unlink("ada");
        handovers.next();
        fixture.waiting("eve", "token");

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void aStorageWhoseLinksCannotBeReadSaysNothingAgainstThem() {
        fixture.waiting("ada", "token");
        fixture.unlink("ada");
        fixture.keycloak.foreignUserStorage();

        assertThat(handovers.next()).isPresent();
    }

    @Test
    void aDirectoryThatIsDownIsNotAsked() {
        fixture.waiting("ada", "token");
        fixture.keycloak.failUserStore(new IllegalStateException("The directory is down"));

        assertThat(handovers.next()).isPresent();
    }

    static List<Throwable> whatAVaultMayThrow() {
        return List.of(new IllegalStateException("The vault is down"), new NoClassDefFoundError("vault"));
    }

    @ParameterizedTest
    @MethodSource("whatAVaultMayThrow")
    void aVaultThatThrowsPostponesTheRowAndNoOther(Throwable trouble) {
        fixture.person("eve");
        fixture.keycloak.vault().put("${vault.nylas}", "realm-key");
        ownConnection();
        fixture.waiting("ada", "token");
        LeasedRow leased = fixture.parts.leases.next().orElseThrow();

        assertThat(preparation(handovers.transactions(
                                session -> doThrow(trouble).when(session).vault()))
                        .prepare(leased))
                .isEmpty();

        assertThat(handovers.failure("ada")).contains("not_prepared");
        assertThat(fixture.read("ada", GrantEntity::attempts)).isEqualTo(1);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.isInFlight("ada")).isFalse();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(1));
        fixture.waiting("eve", "token");
        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void whatThrowsAgainAndAgainIsTriedLessAndLessOften() {
        ownConnection();
        fixture.waiting("ada", "token");
        Preparation failing =
                preparation(handovers.transactions(session -> doThrow(new IllegalStateException("The vault is down"))
                        .when(session)
                        .vault()));

        failing.prepare(fixture.parts.leases.next().orElseThrow());
        fixture.clock.forward(Duration.ofSeconds(1));
        failing.prepare(fixture.parts.leases.next().orElseThrow());

        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(5));
    }

    @Test
    void whoeverHasLostTheLeasePreparesNothing() {
        fixture.waiting("ada", "token");
        LeasedRow lost = fixture.parts.leases.next().orElseThrow();
        fixture.clock.forward(DeliveryFixture.LEASE);
        fixture.parts.leases.next().orElseThrow();

        assertThat(fixture.parts.preparation.prepare(lost)).isEmpty();

        assertThat(handovers.isInFlight("ada")).isTrue();
        assertThat(handovers.failure("ada")).isEmpty();
    }
}
