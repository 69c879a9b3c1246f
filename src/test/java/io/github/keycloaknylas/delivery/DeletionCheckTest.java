package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Right before the DELETE request the whole question is asked again. */
@OnEveryDatabase
class DeletionCheckTest extends DeletionTestBase {

    private static final ExpectedIdentity ADA = DeliveryFixture.identity("ada");

    DeletionCheckTest(Engine engine) {
        super(engine);
    }

    private void assertWaitsAsWanted() {
        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("wanted");
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(1));
    }

    private void captured(int captures, ExpectedIdentity identity) {
        fixture.transactions.run(session -> {
            for (int i = 0; i < captures; i++) {
                SealedToken token = new SealedToken("sealed", "server:default", fixture.now());
                CaptureRows.marked(
                        session, DeliveryFixture.mailbox("shared-" + i), token, identity, "somebody", fixture.now());
            }
        });
    }

    @Test
    void aGrantThatIsNotNeededIsDeleted() {
        afterTheGrace();

        verifyDeleted("grant-1");
        assertThat(isDone("grant-1")).isTrue();
    }

    @Test
    void duringTheGraceNothingIsDeleted() {
        fixture.clock.forward(DeliveryFixture.GRACE.minusMillis(1));

        assertThat(fixture.delete()).isFalse();

        verifyNothingDeleted();
    }

    @Test
    void aGrantThatAnotherMailboxOfTheUserHoldsIsNotDeleted() {
        fixture.link("ada", "ada");
        fixture.connected("ada", "grant-1");
        fixture.connected(atAnotherProvider(), "ada", "grant-1");
        unlink("ada");
        assertThat(fixture.deletion("grant-1", deletion -> true)).isPresent();

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aGrantWhoseMailboxSomebodyWaitsForIsDeletedOnlyOnceTheyHaveNotGotIt() {
        fixture.person("shared");
        fixture.signedIn(DeliveryFixture.mailbox("shared"), ADA, "token", fixture.now(), "shared");
        fixture.parts.merger.merge();
        afterTheGrace();
        assertWaitsAsWanted();

        fixture.change("shared", row -> Transitions.outlived(row, fixture.now()));
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.delete();

        verifyDeleted("grant-1");
    }

    @Test
    void aMailboxOfAnotherRealmThatWaitsForTheGrantCountsToo() {
        fixture.keycloak.realm("another");
        fixture.keycloak.provider("another", DeliveryFixture.ALIAS, Map.of());
        fixture.signedIn(new Mailbox("another", DeliveryFixture.ALIAS, "ada"), ADA, "token", fixture.now(), "ada");
        fixture.parts.merger.merge();

        afterTheGrace();

        assertWaitsAsWanted();
    }

    @Test
    void aGrantWhoseMailboxIsBeingHandedOverIsNotDeleted() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.person("shared");
        fixture.signedIn(DeliveryFixture.mailbox("shared"), ADA, "token", fixture.now(), "shared");
        fixture.parts.merger.merge();
        fixture.parts.leases.next().orElseThrow();
        // An unlink erases the token; the call goes on.
        fixture.change("shared", Transitions::unlinkedInFlight);

        fixture.delete();

        assertWaitsAsWanted();
    }

    @Test
    void aGrantWhoseMailboxSomebodyHasJustSignedInToIsNotDeleted() {
        captured(1, ADA);

        afterTheGrace();

        assertWaitsAsWanted();
    }

    @Test
    void aSignInOfAnotherPersonDelaysNothing() {
        captured(500, DeliveryFixture.identity("eve"));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aSignInThatWasNotCompletedDelaysNothing() {
        fixture.transactions.run(session -> CaptureRows.unmarked(
                session, DeliveryFixture.mailbox("ada"), new SealedToken("sealed", "k", 1), ADA, Long.MAX_VALUE));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void moreSignInsThanCanBeSearchedDelayTheDeletion() {
        captured(501, DeliveryFixture.identity("eve"));

        afterTheGrace();

        assertWaitsAsWanted();
    }
}
