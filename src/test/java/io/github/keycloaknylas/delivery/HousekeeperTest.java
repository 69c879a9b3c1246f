package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class HousekeeperTest {

    private static final Duration RETENTION = Duration.ofDays(7);

    private final Workshop shop;
    private final Housekeeper housekeeper;

    HousekeeperTest(Engine engine) {
        shop = new Workshop(engine);
        housekeeper = new Housekeeper(
                shop.jobs,
                shop.gates,
                shop.clock,
                RETENTION,
                new Advice(Logger.getLogger(HousekeeperTest.class), shop.clock));
    }

    @Test
    void whatAbandonedLoginsLeftIsRemovedAndWhatWasMarkedIsKept() {
        String abandoned = capture(shop.now() - Duration.ofDays(1).toMillis());
        String running = capture(shop.now() + 1);
        shop.signedIn("ada", "token", shop.now());

        housekeeper.tidy();

        assertThat(captured(abandoned)).isFalse();
        assertThat(captured(running)).isTrue();
        assertThat(shop.completedCaptures()).isEqualTo(1);
    }

    private String capture(long expiresAt) {
        return shop.jobs.call(session -> CaptureRows.unmarked(
                        session, Workshop.mailbox("ada"), new SealedToken("x", "k", 1), Workshop.ADA, expiresAt)
                .id());
    }

    private boolean captured(String id) {
        return shop.jobs.call(session -> Captures.of(session).find(id).isPresent());
    }

    @Test
    void aTokenThatWaitedForTooLongIsErased() {
        shop.waiting("ada", "token");
        shop.clock.forward(RETENTION);
        housekeeper.tidy();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();

        shop.clock.forward(Duration.ofMillis(1));
        housekeeper.tidy();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.state("ada")).contains(GrantState.RECONNECT);
        assertThat(shop.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains("token_outlived");
    }

    @Test
    void aTokenThatIsBeingHandedOverIsNotErasedUnderTheCall() {
        shop.waiting("ada", "token");
        shop.clock.forward(RETENTION.plusSeconds(1));
        shop.claims().next().orElseThrow();

        housekeeper.tidy();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aChangedKeyOpensItsGateAtOnce() {
        shop.waiting("ada", "token");
        Claim claim = shop.claims().next().orElseThrow();
        shop.claims().giveBack(claim);
        shop.gates.refusedConnection(claim.connection(), claim.mailbox());
        housekeeper.tidy();
        assertThat(shop.claims().next()).isEmpty();

        shop.options.with("nylas-connection/default/api-key", "new-key");
        housekeeper.tidy();

        assertThat(shop.claims().next().map(next -> next.target().apiKey())).contains("new-key");
    }

    @Test
    void anotherCredentialOpensTheGateOfTheOldOneAtOnce() {
        shop.waiting("ada", "token");
        Claim claim = shop.claims().next().orElseThrow();
        shop.claims().giveBack(claim);
        shop.gates.refusedCredential(claim.connection(), claim.mailbox());
        assertThat(shop.claims().next()).isEmpty();

        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("credentialId", "new"));
        housekeeper.tidy();

        assertThat(shop.claims().next()).isPresent();
    }
}
