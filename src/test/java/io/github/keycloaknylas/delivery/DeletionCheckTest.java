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

    private static final ExpectedIdentity ADA = Workshop.identity("ada");

    DeletionCheckTest(Engine engine) {
        super(engine);
    }

    private void assertWaitsAsWanted() {
        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("wanted");
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(1));
    }

    private void captured(int captures, ExpectedIdentity identity) {
        shop.jobs.run(session -> {
            for (int i = 0; i < captures; i++) {
                SealedToken token = new SealedToken("sealed", "server:default", shop.now());
                CaptureRows.marked(session, Workshop.mailbox("shared-" + i), token, identity, "somebody", shop.now());
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
        shop.clock.forward(Workshop.GRACE.minusMillis(1));

        assertThat(shop.delete()).isFalse();

        verifyNothingDeleted();
    }

    @Test
    void aGrantThatAnotherMailboxOfTheUserHoldsIsNotDeleted() {
        shop.link("ada", "ada");
        shop.connected("ada", "grant-1");
        shop.connected(atAnotherProvider(), "ada", "grant-1");
        unlink("ada");
        assertThat(shop.deletion("grant-1", deletion -> true)).isPresent();

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(shop.deletion("grant-1", deletion -> true)).isEmpty();
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aGrantWhoseMailboxSomebodyWaitsForIsDeletedOnlyOnceTheyHaveNotGotIt() {
        shop.person("shared");
        shop.signedIn(Workshop.mailbox("shared"), ADA, "token", shop.now(), "shared");
        shop.parts.merger.merge();
        afterTheGrace();
        assertWaitsAsWanted();

        shop.change("shared", row -> Transitions.outlived(row, shop.now()));
        shop.clock.forward(Duration.ofMinutes(1));
        shop.delete();

        verifyDeleted("grant-1");
    }

    @Test
    void aMailboxOfAnotherRealmThatWaitsForTheGrantCountsToo() {
        shop.keycloak.realm("another");
        shop.keycloak.provider("another", Workshop.ALIAS, Map.of());
        shop.signedIn(new Mailbox("another", Workshop.ALIAS, "ada"), ADA, "token", shop.now(), "ada");
        shop.parts.merger.merge();

        afterTheGrace();

        assertWaitsAsWanted();
    }

    @Test
    void aGrantWhoseMailboxIsBeingHandedOverIsNotDeleted() {
        shop.clock.forward(Workshop.GRACE);
        shop.person("shared");
        shop.signedIn(Workshop.mailbox("shared"), ADA, "token", shop.now(), "shared");
        shop.parts.merger.merge();
        shop.parts.leases.next().orElseThrow();
        // An unlink erases the token; the call goes on.
        shop.change("shared", Transitions::unlinkedInFlight);

        shop.delete();

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
        captured(500, Workshop.identity("eve"));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aSignInThatWasNotCompletedDelaysNothing() {
        shop.jobs.run(session -> CaptureRows.unmarked(
                session, Workshop.mailbox("ada"), new SealedToken("sealed", "k", 1), ADA, Long.MAX_VALUE));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void moreSignInsThanCanBeSearchedDelayTheDeletion() {
        captured(501, Workshop.identity("eve"));

        afterTheGrace();

        assertWaitsAsWanted();
    }
}
