package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.Digests;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A mailbox that gets another grant leaves the old one to be deleted. */
@OnEveryDatabase
class ReplacedGrantTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Workshop shop;
    private final Handovers handovers;

    ReplacedGrantTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
    }

    private void handedOverAgain(String grantId) {
        shop.clock.forward(SECOND);
        shop.waiting("ada", "another-token");
        shop.connects(new Answer.Done<>(Workshop.grant(grantId, "ada"), "request-1"));
        shop.handOver();
    }

    private void secondConnection() {
        shop.options.with("nylas-connection/second/api-key", "second-key");
        shop.application("second-key", "application-2");
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("connection", "second"));
    }

    private Optional<String> own() {
        return shop.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId);
    }

    @Test
    void theSameGrantIsNotQueued() {
        shop.connected("ada", "grant-1");

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-1");
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void theGrantOfTheApplicationBeforeIsQueuedForTheEndOfTheGrace() {
        shop.connected("ada", "grant-1");
        secondConnection();

        handedOverAgain("grant-2");

        assertThat(own()).contains("grant-2");
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.deletion("grant-1", DeletionEntity::nextAttemptAt))
                .contains(Optional.of(shop.now() + Workshop.GRACE.toMillis()));
        assertThat(shop.deletion("grant-1", DeletionEntity::isLoss)).contains(false);
    }

    @Test
    void anotherApplicationThatHappensToUseTheSameIdReplacesTheGrantToo() {
        shop.connected("ada", "grant-1");
        secondConnection();

        handedOverAgain("grant-1");

        assertThat(shop.read("ada", GrantEntity::ownGrant)
                        .orElseThrow()
                        .connection()
                        .application())
                .isEqualTo("application-2");
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aRotatedKeyOfAnotherApplicationReplacesTheGrantThoughTheConnectionHasTheSameName() {
        shop.connected("ada", "grant-1");
        shop.options.with("nylas-connection/default/api-key", "rotated-key");
        shop.application("rotated-key", "application-2");

        handedOverAgain("grant-2");

        assertThat(own()).contains("grant-2");
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aGrantThatIsMadeWithAnotherCredentialReplacesTheOneBefore() {
        shop.connected("ada", "grant-1");
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("credentialId", "credential-2"));

        handedOverAgain("grant-2");

        assertThat(shop.read("ada", GrantEntity::ownGrant)
                        .orElseThrow()
                        .connection()
                        .credential())
                .contains("credential-2");
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aReplacedGrantIsHeldNoMore() {
        shop.person("twin");
        shop.connected("ada", "grant-1");
        handedOverAgain("grant-2");

        shop.connected("twin", "grant-1");

        assertThat(shop.state("twin")).contains(GrantState.CONNECTED);
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aGrantThatIsBeingDeletedIsNotRecordedAndTheTokenIsTriedAgain() {
        shop.connected("ada", "grant-1");
        handedOverAgain("grant-2");
        shop.clock.forward(Workshop.GRACE);
        String hash = Digests.sha256("https://api.us.nylas.com", Workshop.APPLICATION, "grant-1");
        shop.jobs
                .call(session -> Deletions.of(session).lease(hash, shop.now(), shop.now() + Workshop.LEASE.toMillis()))
                .orElseThrow();

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-2");
        assertThat(handovers.failure("ada")).contains("being_deleted");
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(5));
    }

    @Test
    void aDeletionThatHasNotBegunIsCancelledByTheGrantsReturn() {
        shop.connected("ada", "grant-1");
        handedOverAgain("grant-2");

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-1");
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
        assertThat(shop.deletion("grant-2", DeletionEntity::grantId)).contains("grant-2");
    }
}
