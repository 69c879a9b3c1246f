package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSessionFactory;

/** What is not needed any more is removed, each kind by itself. */
@OnEveryDatabase
class CleanupTest {

    private static final Duration RETENTION = Workshop.SETTINGS.retention();
    private static final SealedToken TOKEN = new SealedToken("x", "k", 1);

    private final Workshop shop;

    CleanupTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private String abandoned() {
        return unmarked(shop.now() - Duration.ofDays(1).toMillis());
    }

    private String unmarked(long expiresAt) {
        return shop.jobs.call(session -> CaptureRows.unmarked(
                        session, Workshop.mailbox("ada"), TOKEN, Workshop.identity("ada"), expiresAt)
                .id());
    }

    private String marked() {
        return shop.jobs.call(session -> CaptureRows.marked(
                        session, Workshop.mailbox("ada"), TOKEN, Workshop.identity("ada"), "ada", shop.now())
                .id());
    }

    private Optional<CaptureEntity> capture(String id) {
        return shop.jobs.call(session -> Captures.of(session).find(id));
    }

    private boolean isSpent(String id) {
        return capture(id).orElseThrow().isSpent();
    }

    private void done() {
        shop.connected("eve", "grant-1");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "eve");
        shop.parts.attributes.writeDue();
        shop.clock.forward(Workshop.GRACE);
        shop.delete();
    }

    private boolean isRemembered() {
        return shop.deletion("grant-1", deletion -> true).isPresent();
    }

    @Test
    void whatAbandonedLoginsLeftIsRemovedAndWhatWasMarkedIsKept() {
        String abandoned = abandoned();
        String running = unmarked(shop.now() + 1);
        String marked = marked();

        shop.parts.cleanup.run();

        assertThat(capture(abandoned)).isEmpty();
        assertThat(capture(running)).isPresent();
        assertThat(isSpent(marked)).isFalse();
    }

    @Test
    void theTokenOfASignInThatCouldNotBeMergedForTooLongIsErased() {
        String marked = marked();
        shop.clock.forward(RETENTION);
        shop.parts.cleanup.run();
        assertThat(isSpent(marked)).isFalse();

        shop.clock.forward(Duration.ofMillis(1));
        shop.parts.cleanup.run();

        assertThat(isSpent(marked)).isTrue();
    }

    @Test
    void aTokenThatWaitedForTooLongIsErasedAndItsOwnerHasToSignIn() {
        shop.waiting("ada", "token");
        shop.clock.forward(RETENTION);
        shop.parts.cleanup.run();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();

        shop.clock.forward(Duration.ofMillis(1));
        shop.parts.cleanup.run();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.state("ada")).contains(GrantState.RECONNECT);
        assertThat(shop.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains("token_outlived");
        verify(shop.advice).warn(eq("realm-name"), eq(Workshop.ALIAS), contains("waited longer than 168 hours"));
    }

    @Test
    void aTokenThatIsBeingHandedOverIsNotErasedUnderTheCall() {
        shop.waiting("ada", "token");
        shop.clock.forward(RETENTION.plusSeconds(1));
        shop.parts.leases.next().orElseThrow();

        shop.parts.cleanup.run();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void oneTokenThatCannotBeErasedKeepsNoOther() {
        shop.person("eve");
        shop.waiting("ada", "token");
        shop.clock.forward(Duration.ofMillis(1));
        shop.waiting("eve", "token");
        shop.clock.forward(RETENTION.plusMillis(1));
        doThrow(new IllegalStateException("lost")).doNothing().when(shop.advice).warn(any(), any(), any());

        shop.parts.cleanup.run();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("eve", GrantEntity::waitingToken)).isEmpty();
    }

    @Test
    void aDeletedGrantIsRememberedForThreeDays() {
        shop.person("eve");
        done();
        shop.clock.forward(Duration.ofDays(3));
        shop.parts.cleanup.run();
        assertThat(isRemembered()).isTrue();

        shop.clock.forward(Duration.ofMillis(1));
        shop.parts.cleanup.run();

        assertThat(isRemembered()).isFalse();
    }

    @Test
    void aDeletionThatIsNotDoneIsNeverRemoved() {
        shop.connected("ada", "grant-1");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");
        shop.clock.forward(Duration.ofDays(400));

        shop.parts.cleanup.run();

        assertThat(isRemembered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aStepThatFailsStopsNoOther(int failing) {
        shop.person("eve");
        done();
        shop.waiting("ada", "token");
        String marked = marked();
        shop.clock.forward(RETENTION.plusMillis(1));
        String abandoned = abandoned();
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> {
            if (sessions.incrementAndGet() == failing) {
                throw new IllegalStateException("The database does not answer");
            }
            return shop.keycloak.session();
        });

        new Cleanup(new Jobs(factory), shop.clock, RETENTION, shop.advice).run();

        assertThat(capture(abandoned).isPresent()).isEqualTo(failing == 1);
        assertThat(isSpent(marked)).isEqualTo(failing != 2);
        assertThat(isRemembered()).isEqualTo(failing == 3);
        assertThat(shop.read("ada", GrantEntity::waitingToken).isPresent()).isEqualTo(failing == 4);
    }
}
