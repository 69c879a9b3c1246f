package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A token that cannot be handed over now waits, and holds up no other. */
@OnEveryDatabase
class WaitingClaimsTest extends ClaimsTestBase {

    WaitingClaimsTest(Engine engine) {
        super(engine);
    }

    @Test
    void withoutItsLinkATokenIsForgottenAndNotHandedOver() {
        shop.waiting("ada", "token");
        shop.unlink("ada");

        assertThat(claims.next()).isEmpty();

        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aLinkToASubjectThatDiffersByCaseIsNotTheSameAccount() {
        shop.waiting("ada", "token");
        shop.link("ada", "ADA");

        assertThat(claims.next()).isEmpty();
    }

    @Test
    void withoutItsUserAGrantIsLeaving() {
        shop.connected("ada", "grant-1");
        shop.clock.forward(Duration.ofSeconds(1));
        shop.waiting("ada", "token-2");
        shop.keycloak.removeUser(Workshop.REALM, "ada");

        assertThat(claims.next()).isEmpty();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
    }

    @Test
    void withoutItsRealmOrProviderATokenWaits() {
        shop.waiting("ada", "token");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);

        assertThat(claims.next()).isEmpty();

        assertThat(failure("ada")).contains("provider_missing");
        shop.clock.forward(Duration.ofDays(1));
        shop.keycloak.removeRealm(Workshop.REALM);
        assertThat(claims.next()).isEmpty();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::attempts)).isEqualTo(2);
    }

    @Test
    void withoutAMapperATokenWaits() {
        shop.waiting("ada", "token");
        shop.keycloak.bareProvider(Workshop.REALM, Workshop.ALIAS);

        assertThat(claims.next()).isEmpty();

        assertThat(failure("ada")).contains("mapper_missing");
    }

    @Test
    void withoutAConnectionATokenWaitsAndGoesOutWhenThereIsOne() {
        shop.waiting("ada", "token");
        shop.options.without("nylas-connection/default/api-key");
        assertThat(claims.next()).isEmpty();
        assertThat(failure("ada")).contains("connection_missing");
        assertThat(claims.next()).isEmpty();

        shop.options.with("nylas-connection/default/api-key", "new-key");
        shop.clock.forward(Duration.ofMinutes(2));

        assertThat(claims.next()).isPresent();
    }

    @Test
    void aConnectionThatCannotBeCalledMakesTheTokenWait() {
        shop.options.with("nylas-connection/default/api-url", "http://nylas.example.com");
        shop.waiting("ada", "token");

        assertThat(claims.next()).isEmpty();

        assertThat(failure("ada")).contains("connection_invalid");
        assertThat(shop.read("ada", GrantEntity::nextAttemptAt))
                .contains(shop.now() + Duration.ofMinutes(1).toMillis());
    }

    @Test
    void withoutItsSealKeyATokenWaitsAndOpensWhenTheKeyIsBack() {
        shop.waiting("ada", "token");
        shop.options.without("nylas-seal-key/default/secret");
        assertThat(claims.next()).isEmpty();
        assertThat(failure("ada")).contains("seal_key");

        shop.options.with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
        shop.clock.forward(Duration.ofMinutes(2));

        assertThat(claims.next()).isPresent();
    }

    @Test
    void aSealKeyThatIsNoKeyMakesTheTokenWaitAndIsTold() {
        shop.waiting("ada", "token");
        shop.options.with("nylas-seal-key/default/secret", "not base64 of 32 bytes");

        assertThat(claims.next()).isEmpty();

        assertThat(failure("ada")).contains("seal_key");
    }

    @Test
    void aUserStoreThatIsDownDoesNotHoldUpTheRowsBehindIt() {
        for (int i = 0; i < 25; i++) {
            shop.person("p" + i);
            shop.signedIn("p" + i, "token", shop.now());
        }
        new Merger(shop.jobs, shop.clock).merge();
        shop.userStoreIsDown();
        assertThat(claims.next()).isEmpty();
        assertThat(failure("p0")).isPresent();

        shop.keycloak.failUserStore(null);
        shop.waiting("ada", "token");

        assertThat(claims.next())
                .get()
                .satisfies(claim -> assertThat(claim.mailbox()).isEqualTo(Workshop.mailbox("ada")));
    }

    @Test
    void moreRowsThatWaitThanOneLookReadsDoNotHoldUpTheOneBehindThem() {
        shop.keycloak.provider(Workshop.REALM, "broken", Map.of("connection", "missing"));
        for (int i = 0; i < 25; i++) {
            String name = "p" + i;
            shop.keycloak.user(Workshop.REALM, name);
            shop.keycloak.link(Workshop.REALM, name, "broken", name);
            var mailbox = new Mailbox(Workshop.REALM, "broken", name);
            shop.jobs.run(session -> {
                Jobs.bind(session, Workshop.REALM);
                CaptureRows.marked(
                        session, mailbox, CaptureRows.seal(session, mailbox, "token", 1), Workshop.ADA, name, 1);
            });
        }
        new Merger(shop.jobs, shop.clock).merge();
        shop.clock.forward(Duration.ofMillis(1));
        shop.waiting("ada", "token");

        assertThat(claims.next())
                .get()
                .satisfies(claim -> assertThat(claim.mailbox()).isEqualTo(Workshop.mailbox("ada")));
    }

    @Test
    void behindAClosedGateNothingIsClaimedNotEvenWhatWasNotRoutedYet() {
        shop.waiting("ada", "token");
        Claim claim = claims.next().orElseThrow();
        claims.giveBack(claim);
        shop.gates.refusedConnection(claim.connection(), claim.mailbox());
        shop.change("ada", row -> Transitions.routed(row, null, null));

        assertThat(claims.next()).isEmpty();

        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        shop.clock.forward(Duration.ofHours(1));
        assertThat(claims.next()).isPresent();
    }
}
