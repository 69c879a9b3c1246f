package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;

import io.github.keycloaknylas.ledger.GrantEntity;
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

    private final Workshop shop;
    private final Handovers handovers;

    PreparationTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
    }

    private Preparation preparation(Jobs jobs) {
        CircuitBreakers breakers = new CircuitBreakers(
                shop.clock, shop.backoff, Duration.ofMinutes(1), Workshop.LEASE, Duration.ofMinutes(1));
        return new Preparation(
                jobs, shop.keycloak.links(), breakers, new PreparationLimiter(16), shop.backoff, shop.clock);
    }

    private void ownConnection() {
        shop.keycloak.provider(
                Workshop.REALM,
                Workshop.ALIAS,
                Map.of("apiUrl", "https://nylas.example.com/", "apiKey", "${vault.nylas}"));
    }

    @Test
    void aPreparedHandoverHasAllThatTheCallNeeds() {
        String id = shop.waiting("ada", "refresh-token");

        PreparedHandover handover = handovers.next().orElseThrow();

        assertThat(handover.row().rowId()).isEqualTo(id);
        assertThat(handover.signIn().mailbox()).isEqualTo(Workshop.mailbox("ada"));
        assertThat(handover.token().text()).isEqualTo("refresh-token");
        assertThat(handover.token().capturedAt()).isEqualTo(shop.now());
        assertThat(handover.signIn().userId()).isEqualTo("ada");
        assertThat(handover.signIn().realmName()).isEqualTo("realm-name");
        assertThat(handover.connection().key().value()).isEqualTo("server-key");
        assertThat(handover.requiredScopes()).isEqualTo(Set.of("Mail.Read", "Calendars.Read"));
        assertThat(handover.failed().attempts()).isZero();
        assertThat(handover.failed().refusals()).isZero();
        assertThat(handover.toString()).doesNotContain("refresh-token", "server-key");
    }

    @Test
    void theRealmsOwnConnectionIsUsedWithItsKeyFromTheVault() {
        shop.keycloak.vault().put("${vault.nylas}", "realm-key\n");
        ownConnection();
        shop.waiting("ada", "token");

        PreparedHandover handover = handovers.next().orElseThrow();

        assertThat(handover.connection().key().value()).isEqualTo("realm-key");
        assertThat(handover.connection().key().apiUrl()).hasToString("https://nylas.example.com");
    }

    @Test
    void withoutItsLinkATokenWaitsAsARefusedRowAndIsHandedOverWhenTheLinkIsBack() {
        shop.waiting("ada", "token");
        shop.unlink("ada");

        assertThat(handovers.next()).isEmpty();
        assertThat(handovers.failure("ada")).contains("link_missing");
        assertThat(shop.read("ada", GrantEntity::refusals)).isEqualTo(1);
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ofMinutes(1));
        shop.link("ada", "ada");
        assertThat(handovers.next()).isEmpty();
        shop.clock.forward(Duration.ofMinutes(1));

        assertThat(handovers.next()).isPresent();
    }

    @Test
    void aLinkToASubjectThatDiffersByCaseIsNotTheSameAccount() {
        shop.waiting("ada", "token");
        shop.link("ada", "ADA");

        assertThat(handovers.next()).isEmpty();

        assertThat(handovers.failure("ada")).contains("link_missing");
    }

    @Test
    void aMissingLinkConcernsNoOtherRow() {
        shop.person("eve");
        shop.waiting("ada", "token");
        shop.unlink("ada");
        handovers.next();
        shop.waiting("eve", "token");

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void aStorageWhoseLinksCannotBeReadSaysNothingAgainstThem() {
        shop.waiting("ada", "token");
        shop.unlink("ada");
        shop.keycloak.foreignUserStorage();

        assertThat(handovers.next()).isPresent();
    }

    @Test
    void aDirectoryThatIsDownIsNotAsked() {
        shop.waiting("ada", "token");
        shop.keycloak.failUserStore(new IllegalStateException("The directory is down"));

        assertThat(handovers.next()).isPresent();
    }

    static List<Throwable> whatAVaultMayThrow() {
        return List.of(new IllegalStateException("The vault is down"), new NoClassDefFoundError("vault"));
    }

    @ParameterizedTest
    @MethodSource("whatAVaultMayThrow")
    void aVaultThatThrowsPostponesTheRowAndNoOther(Throwable trouble) {
        shop.person("eve");
        shop.keycloak.vault().put("${vault.nylas}", "realm-key");
        ownConnection();
        shop.waiting("ada", "token");
        LeasedRow leased = shop.parts.leases.next().orElseThrow();

        assertThat(preparation(handovers.jobs(
                                session -> doThrow(trouble).when(session).vault()))
                        .prepare(leased))
                .isEmpty();

        assertThat(handovers.failure("ada")).contains("not_prepared");
        assertThat(shop.read("ada", GrantEntity::attempts)).isEqualTo(1);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.isInFlight("ada")).isFalse();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(1));
        shop.waiting("eve", "token");
        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void whatThrowsAgainAndAgainIsTriedLessAndLessOften() {
        ownConnection();
        shop.waiting("ada", "token");
        Preparation failing =
                preparation(handovers.jobs(session -> doThrow(new IllegalStateException("The vault is down"))
                        .when(session)
                        .vault()));

        failing.prepare(shop.parts.leases.next().orElseThrow());
        shop.clock.forward(Duration.ofSeconds(1));
        failing.prepare(shop.parts.leases.next().orElseThrow());

        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(5));
    }

    @Test
    void whoeverHasLostTheLeasePreparesNothing() {
        shop.waiting("ada", "token");
        LeasedRow lost = shop.parts.leases.next().orElseThrow();
        shop.clock.forward(Workshop.LEASE);
        shop.parts.leases.next().orElseThrow();

        assertThat(shop.parts.preparation.prepare(lost)).isEmpty();

        assertThat(handovers.isInFlight("ada")).isTrue();
        assertThat(handovers.failure("ada")).isEmpty();
    }
}
