package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whose grant it is that Nylas returned. */
@OnEveryDatabase
class HeldGrantTest {

    private final Workshop shop;
    private final Handovers handovers;
    private final Recorder recorder;

    HeldGrantTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
        recorder = new Recorder(shop.jobs, shop.clock, Workshop.GRACE);
        shop.person("twin");
    }

    private Recorder.Outcome granted(PreparedHandover handover, NylasGrant answer) {
        return recorder.granted(handover, Workshop.APPLICATION, answer);
    }

    private Recorder.Outcome granted(String name, NylasGrant answer) {
        return granted(handovers.prepared(name), answer);
    }

    /** The same person's row of another provider. */
    private PreparedHandover secondRow(String user, String alias) {
        shop.keycloak.provider(Workshop.REALM, alias, Map.of());
        shop.keycloak.link(Workshop.REALM, user, alias, user);
        handovers.signedIn(new Mailbox(Workshop.REALM, alias, user), "token", Workshop.identity(user), user);
        return handovers.next().orElseThrow();
    }

    private boolean isConnected(Mailbox mailbox) {
        return shop.jobs.call(session -> Ledger.of(session)
                .find(mailbox)
                .flatMap(GrantEntity::shownGrant)
                .isPresent());
    }

    @Test
    void aMailboxThatIsNotTheExpectedOneIsHeld() {
        assertThat(granted("ada", Workshop.grant("grant-1", "eve"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(shop.state("ada")).contains(GrantState.HELD);
        assertThat(handovers.failure("ada")).contains("other_mailbox");
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void anAnswerThatNamesNoMailboxIsHeld() {
        assertThat(granted("ada", new NylasGrant("grant-1", null, null, Set.of())))
                .isEqualTo(Recorder.Outcome.HELD);
    }

    @Test
    void anotherIdIsAcceptedWithTheAddressWhileNoGrantOfTheProviderConfirmsIds() {
        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "another-kind-of-id", Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void anotherIdIsAVetoWhateverTheAddressOnceIdsOfTheProviderAreKnownToMatch() {
        granted("twin", Workshop.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "oid-eve", Set.of())))
                .isEqualTo(Recorder.Outcome.HELD);

        assertThat(handovers.failure("ada")).contains("other_mailbox");
    }

    @Test
    void aGrantOfAnotherProviderConfirmsNothing() {
        granted(secondRow("twin", "azure"), Workshop.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "another-kind-of-id", Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void anAddressWithoutAnIdIsNoVeto() {
        granted("twin", Workshop.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ADA@example.com", null, Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void aGrantThatAnotherUserHoldsIsHeld() {
        shop.connected("ada", "grant-1");

        assertThat(granted("twin", Workshop.grant("grant-1", "twin"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(handovers.failure("twin")).contains("held_by_another");
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aGrantThatWasHeldBackAsAnotherUsersIsNotDeletedAfterAnUnlink() {
        shop.connected("ada", "grant-1");
        granted("twin", Workshop.grant("grant-1", "twin"));

        shop.unlinked("twin");
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();

        assertThat(shop.exists("twin")).isFalse();
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aSecondRowOfTheSameUserHasTheGrantToo() {
        shop.connected("ada", "grant-1");
        PreparedHandover second = secondRow("ada", "azure");

        assertThat(granted(second, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(isConnected(second.signIn().mailbox())).isTrue();
        assertThat(isConnected(Workshop.mailbox("ada"))).isTrue();
    }

    @Test
    void aHoldPassesFromARowWhoseProviderIsGone() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "ada-again");
        shop.keycloak.provider(Workshop.REALM, "azure", Map.of());
        shop.keycloak.link(Workshop.REALM, "ada-again", "azure", "ada");
        Mailbox renewed = new Mailbox(Workshop.REALM, "azure", "ada");
        handovers.signedIn(renewed, "token", Workshop.identity("ada"), "ada-again");
        PreparedHandover handover = handovers.next().orElseThrow();
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);

        assertThat(granted(handover, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(isConnected(renewed)).isTrue();
        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aRealmWithItsOwnUrlNeitherTakesNorBlocksAGrantIdOfOthers() {
        shop.keycloak.realm("hostile");
        shop.keycloak.provider(
                "hostile", Workshop.ALIAS, Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.nylas}"));
        shop.keycloak.vault().put("${vault.nylas}", "realm-key");
        handovers.waiting(new Mailbox("hostile", Workshop.ALIAS, "mallory"));
        PreparedHandover hostile = handovers.next().orElseThrow();

        assertThat(granted(hostile, Workshop.grant("grant-1", "mallory"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(granted("ada", Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);
        assertThat(isConnected(Workshop.mailbox("ada"))).isTrue();
    }

    @Test
    void ofTwoUsersForWhomOneGrantIsRecordedAtOnceExactlyOneIsConnected() throws Exception {
        shop.waiting("ada", "a");
        shop.waiting("twin", "t");
        List<PreparedHandover> both =
                List.of(handovers.next().orElseThrow(), handovers.next().orElseThrow());
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<Recorder.Outcome>> ends = both.stream()
                    .map(handover -> nodes.submit(() -> {
                        start.await();
                        return granted(
                                handover,
                                Workshop.grant(
                                        "grant-1", handover.signIn().mailbox().subject()));
                    }))
                    .toList();
            assertThat(List.of(ends.get(0).get(), ends.get(1).get()))
                    .containsExactlyInAnyOrder(Recorder.Outcome.CONNECTED, Recorder.Outcome.HELD);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void aHeldAnswerKeepsTheGrantThatTheMailboxOwns() {
        shop.connected("ada", "grant-1");
        shop.clock.forward(Duration.ofSeconds(1));

        granted("ada", Workshop.grant("grant-2", "eve"));

        assertThat(shop.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId))
                .isEqualTo(Optional.of("grant-1"));
    }
}
