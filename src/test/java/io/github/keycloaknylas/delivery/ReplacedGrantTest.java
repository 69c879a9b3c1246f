package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.CallResult;
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

    private final DeliveryFixture fixture;
    private final Handovers handovers;

    ReplacedGrantTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
    }

    private void handedOverAgain(String grantId) {
        fixture.clock.forward(SECOND);
        fixture.waiting("ada", "another-token");
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant(grantId, "ada"), "request-1"));
        fixture.handOver();
    }

    private void secondConnection() {
        fixture.options.with("nylas-connection/second/api-key", "second-key");
        fixture.application("second-key", "application-2");
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("connection", "second"));
    }

    private Optional<String> own() {
        return fixture.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId);
    }

    @Test
    void theSameGrantIsNotQueued() {
        fixture.connected("ada", "grant-1");

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-1");
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void theGrantOfTheApplicationBeforeIsQueuedForTheEndOfTheGrace() {
        fixture.connected("ada", "grant-1");
        secondConnection();

        handedOverAgain("grant-2");

        assertThat(own()).contains("grant-2");
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.deletion("grant-1", DeletionEntity::nextAttemptAt))
                .contains(Optional.of(fixture.now() + DeliveryFixture.GRACE.toMillis()));
        assertThat(fixture.deletion("grant-1", DeletionEntity::isLoss)).contains(false);
    }

    @Test
    void anotherApplicationThatHappensToUseTheSameIdReplacesTheGrantToo() {
        fixture.connected("ada", "grant-1");
        secondConnection();

        handedOverAgain("grant-1");

        assertThat(fixture.read("ada", GrantEntity::ownGrant)
                        .orElseThrow()
                        .connection()
                        .application())
                .isEqualTo("application-2");
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aRotatedKeyOfAnotherApplicationReplacesTheGrantThoughTheConnectionHasTheSameName() {
        fixture.connected("ada", "grant-1");
        fixture.options.with("nylas-connection/default/api-key", "rotated-key");
        fixture.application("rotated-key", "application-2");

        handedOverAgain("grant-2");

        assertThat(own()).contains("grant-2");
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aGrantThatIsMadeWithAnotherCredentialReplacesTheOneBefore() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("credentialId", "credential-2"));

        handedOverAgain("grant-2");

        assertThat(fixture.read("ada", GrantEntity::ownGrant)
                        .orElseThrow()
                        .connection()
                        .credential())
                .contains("credential-2");
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).contains("grant-1");
    }

    @Test
    void aReplacedGrantIsHeldNoMore() {
        fixture.person("twin");
        fixture.connected("ada", "grant-1");
        handedOverAgain("grant-2");

        fixture.connected("twin", "grant-1");

        assertThat(fixture.state("twin")).contains(GrantState.CONNECTED);
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aGrantThatIsBeingDeletedIsNotRecordedAndTheTokenIsTriedAgain() {
        fixture.connected("ada", "grant-1");
        handedOverAgain("grant-2");
        fixture.clock.forward(DeliveryFixture.GRACE);
        String hash = Digests.sha256("https://api.us.nylas.com", DeliveryFixture.APPLICATION, "grant-1");
        fixture.transactions
                .call(session -> Deletions.of(session)
                        .lease(hash, fixture.now(), fixture.now() + DeliveryFixture.LEASE.toMillis()))
                .orElseThrow();

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-2");
        assertThat(handovers.failure("ada")).contains("being_deleted");
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(5));
    }

    @Test
    void aDeletionThatHasNotBegunIsCancelledByTheGrantsReturn() {
        fixture.connected("ada", "grant-1");
        handedOverAgain("grant-2");

        handedOverAgain("grant-1");

        assertThat(own()).contains("grant-1");
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
        assertThat(fixture.deletion("grant-2", DeletionEntity::grantId)).contains("grant-2");
    }
}
