package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A grant whose account is gone is deleted after the grace, once, and only if nobody else has it. */
@OnEveryDatabase
class LeaverTest extends LeaverTestBase {

    LeaverTest(Engine engine) {
        super(engine);
    }

    @Test
    void duringTheGraceNothingIsDeleted() {
        shop.clock.forward(GRACE.minusMillis(1));
        leaver.deleteDue();

        verifyNothingDeleted();
        assertThat(shop.exists("ada")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Deletion.class)
    void afterTheGraceTheGrantIsDeletedAndTheRowGoesEvenIfItWasGoneAlready(Deletion deletion) {
        answers(new Answer.Done<>(deletion, "request-1"));

        afterTheGrace();

        verify(nylas)
                .deleteGrant(
                        org.mockito.ArgumentMatchers.argThat(
                                connection -> connection.apiKey().equals("server-key")),
                        org.mockito.ArgumentMatchers.eq("grant-1"));
        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void anAccountThatIsLinkedAgainKeepsItsGrant() {
        shop.link("ada", "ada");

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aFailedDeletionIsTriedAgainLater() {
        answers(failed());
        afterTheGrace();
        leaver.deleteDue();
        verify(nylas, times(1)).deleteGrant(any(), any());
        assertThat(shop.read("ada", GrantEntity::grant)).isPresent();
        assertPostponed();

        answers(new Answer.Done<>(Deletion.DELETED, "request-1"));
        shop.clock.forward(Duration.ofHours(1));
        leaver.deleteDue();

        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aGrantThatAnotherRowHoldsIsLeftToIt() {
        shop.person("twin");
        shop.connected("twin", "grant-1");

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.state("twin")).contains(GrantState.CONNECTED);
    }

    @Test
    void aGrantThatSomebodyWaitsForIsDeletedOnlyOnceTheyHaveNotGotIt() {
        waitingForAdasMailbox();
        afterTheGrace();
        verifyNothingDeleted();
        assertPostponed();

        shop.change("shared", row -> Transitions.outlived(row, shop.now()));
        shop.clock.forward(Duration.ofHours(1));
        leaver.deleteDue();

        verify(nylas).deleteGrant(any(), any());
    }

    private boolean isInFlight() {
        return shop.read("ada", row -> row.isInFlight(shop.now()));
    }

    private void assertPostponed() {
        assertThat(shop.read("ada", GrantEntity::attempts)).isEqualTo(1);
        assertThat(shop.read("ada", GrantEntity::nextAttemptAt))
                .hasValueSatisfying(next -> assertThat(next).isGreaterThan(shop.now()));
        assertThat(isInFlight()).isFalse();
    }

    private void waitingForAdasMailbox() {
        shop.person("shared");
        shop.jobs.run(session -> CaptureRows.marked(
                session,
                Workshop.mailbox("shared"),
                new SealedToken("sealed", "server:default", shop.now()),
                Workshop.ADA,
                "shared",
                shop.now()));
        new Merger(shop.jobs, shop.clock).merge();
    }

    @Test
    void aGrantWhoseMailboxSomebodySignsInToRightNowIsNotDeletedYet() {
        shop.jobs.run(session -> CaptureRows.unmarked(
                session,
                Workshop.mailbox("ada"),
                new SealedToken("sealed", "server:default", shop.now()),
                Workshop.ADA,
                Long.MAX_VALUE));

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.exists("ada")).isTrue();
    }

    @Test
    void theRowStaysWhileTheAttributeCouldNotBeTakenBackAndTheGrantIsDeletedOnce() {
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        shop.keycloak.user(Workshop.REALM, "ada").attributes().put("nylas_grant_id", "grant-1");
        shop.change("ada", row -> Departures.leaving(row, shop.now()));

        afterTheGrace();
        assertPostponed();
        shop.clock.forward(Duration.ofHours(1));
        leaver.deleteDue();
        assertThat(shop.exists("ada")).isTrue();
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isTrue();

        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(false);
        shop.clock.forward(Duration.ofDays(1));
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        leaver.deleteDue();

        verify(nylas, times(1)).deleteGrant(any(), any());
        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aSignInDuringTheDeletionKeepsItsTokenForANewGrant() {
        meanwhile(() -> {
            shop.link("ada", "ada");
            shop.waiting("ada", "token-of-the-new-sign-in");
        });

        afterTheGrace();

        assertThat(shop.claims().next().map(Claim::refreshToken)).contains("token-of-the-new-sign-in");
        assertThat(shop.read("ada", GrantEntity::grant)).isEmpty();
    }

    @Test
    void aLinkDuringTheDeletionDoesNotShowTheDeletedGrant() {
        meanwhile(() -> {
            shop.link("ada", "ada");
            new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));
            new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        });

        afterTheGrace();
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aLinkDuringADeletionThatFailsBringsTheGrantBackAndLeavesTheRowFree() {
        when(nylas.deleteGrant(any(), any())).thenAnswer(call -> {
            shop.link("ada", "ada");
            new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));
            return failed();
        });

        afterTheGrace();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(isInFlight()).isFalse();
    }

    @Test
    void aDeletionWhoseLeaseIsLostLeavesTheRowToWhoeverHasIt() {
        when(nylas.deleteGrant(any(), any())).thenAnswer(call -> {
            shop.change("ada", row -> Departures.deletionStarted(row, shop.now() + 1_000_000));
            return failed();
        });

        afterTheGrace();

        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
    }

    @Test
    void nobodyDeletesWhileAnotherNodeIsAtIt() {
        meanwhile(() -> leaver.deleteDue());

        afterTheGrace();

        verify(nylas, times(1)).deleteGrant(any(), any());
    }

    @Test
    void withoutItsConnectionAGrantCannotBeDeletedAndItsRowGoes() {
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("credentialId", "another credential"));

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aUserStoreThatIsDownDeletesNothing() {
        shop.userStoreIsDown();

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.exists("ada")).isTrue();
    }
}
