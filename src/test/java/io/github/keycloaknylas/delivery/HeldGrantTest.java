package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantDecisions;
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

    private final DeliveryFixture fixture;
    private final Handovers handovers;
    private final Recorder recorder;

    HeldGrantTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        recorder = new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE);
        fixture.person("twin");
    }

    private Recorder.Outcome granted(PreparedHandover handover, NylasGrant answer) {
        return recorder.granted(handover, DeliveryFixture.APPLICATION, answer);
    }

    private Recorder.Outcome granted(String name, NylasGrant answer) {
        return granted(handovers.prepared(name), answer);
    }

    /** The same person's row of another provider. */
    private PreparedHandover secondRow(String user, String alias) {
        fixture.keycloak.provider(DeliveryFixture.REALM, alias, Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, user, alias, user);
        handovers.signedIn(
                new Mailbox(DeliveryFixture.REALM, alias, user), "token", DeliveryFixture.identity(user), user);
        return handovers.next().orElseThrow();
    }

    private boolean isConnected(Mailbox mailbox) {
        return fixture.transactions.call(session -> Ledger.of(session)
                .find(mailbox)
                .flatMap(GrantEntity::shownGrant)
                .isPresent());
    }

    @Test
    void aMailboxThatIsNotTheExpectedOneIsHeld() {
        assertThat(granted("ada", DeliveryFixture.grant("grant-1", "eve"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        assertThat(handovers.failure("ada")).contains("other_mailbox");
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).isEmpty();
    }

    private void accept(String name) {
        fixture.transactions.run(session -> {
            GrantEntity row =
                    Ledger.of(session).find(DeliveryFixture.mailbox(name)).orElseThrow();
            assertThat(GrantDecisions.of(session).accept(row, other -> true, fixture.clock.millis()))
                    .isEqualTo(GrantDecisions.Outcome.DONE);
        });
        fixture.clock.forward(Duration.ofMinutes(1));
    }

    @Test
    void aGrantThatAnAdministratorAcceptedIsNotHeldAgain() {
        granted("ada", DeliveryFixture.grant("grant-1", "eve"));
        accept("ada");

        assertThat(granted("ada", DeliveryFixture.grant("grant-1", "eve"))).isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void whatWasAcceptedForOneMailboxIsNotAcceptedForAnother() {
        granted("ada", DeliveryFixture.grant("grant-1", "eve"));
        accept("ada");

        assertThat(granted("ada", DeliveryFixture.grant("grant-1", "mallory"))).isEqualTo(Recorder.Outcome.HELD);
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
        granted("twin", DeliveryFixture.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "oid-eve", Set.of())))
                .isEqualTo(Recorder.Outcome.HELD);

        assertThat(handovers.failure("ada")).contains("other_mailbox");
    }

    @Test
    void aGrantThatWasAcceptedByItsAddressConfirmsNothing() {
        granted("twin", new NylasGrant("grant-0", "twin@example.com", "another-kind-of-id", Set.of()));

        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "one-more-of-that-kind", Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void aGrantOfAnotherProviderConfirmsNothing() {
        granted(secondRow("twin", "azure"), DeliveryFixture.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ada@example.com", "another-kind-of-id", Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void anAddressWithoutAnIdIsNoVeto() {
        granted("twin", DeliveryFixture.grant("grant-0", "twin"));

        assertThat(granted("ada", new NylasGrant("grant-1", "ADA@example.com", null, Set.of())))
                .isEqualTo(Recorder.Outcome.CONNECTED);
    }

    @Test
    void aGrantThatAnotherUserHoldsIsHeld() {
        fixture.connected("ada", "grant-1");

        assertThat(granted("twin", DeliveryFixture.grant("grant-1", "twin"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(handovers.failure("twin")).contains("held_by_another");
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aGrantThatWasHeldBackAsAnotherUsersIsNotDeletedAfterAnUnlink() {
        fixture.connected("ada", "grant-1");
        granted("twin", DeliveryFixture.grant("grant-1", "twin"));

        fixture.unlinked("twin");
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(fixture.exists("twin")).isFalse();
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aSecondRowOfTheSameUserHasTheGrantToo() {
        fixture.connected("ada", "grant-1");
        PreparedHandover second = secondRow("ada", "azure");

        assertThat(granted(second, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(isConnected(second.signIn().mailbox())).isTrue();
        assertThat(isConnected(DeliveryFixture.mailbox("ada"))).isTrue();
    }

    @Test
    void aHoldPassesFromARowWhoseProviderIsGone() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-again");
        fixture.keycloak.provider(DeliveryFixture.REALM, "azure", Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada-again", "azure", "ada");
        Mailbox renewed = new Mailbox(DeliveryFixture.REALM, "azure", "ada");
        handovers.signedIn(renewed, "token", DeliveryFixture.identity("ada"), "ada-again");
        PreparedHandover handover = handovers.next().orElseThrow();
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        assertThat(granted(handover, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(isConnected(renewed)).isTrue();
        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aRealmWithItsOwnUrlNeitherTakesNorBlocksAGrantIdOfOthers() {
        fixture.keycloak.realm("hostile");
        fixture.keycloak.provider(
                "hostile",
                DeliveryFixture.ALIAS,
                Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.nylas}"));
        fixture.keycloak.vault().put("${vault.nylas}", "realm-key");
        handovers.waiting(new Mailbox("hostile", DeliveryFixture.ALIAS, "mallory"));
        PreparedHandover hostile = handovers.next().orElseThrow();

        assertThat(granted(hostile, DeliveryFixture.grant("grant-1", "mallory")))
                .isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(granted("ada", DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);
        assertThat(isConnected(DeliveryFixture.mailbox("ada"))).isTrue();
    }

    @Test
    void ofTwoUsersForWhomOneGrantIsRecordedAtOnceExactlyOneIsConnected() throws Exception {
        fixture.waiting("ada", "a");
        fixture.waiting("twin", "t");
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
                                DeliveryFixture.grant(
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
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofSeconds(1));

        granted("ada", DeliveryFixture.grant("grant-2", "eve"));

        assertThat(fixture.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId))
                .isEqualTo(Optional.of("grant-1"));
    }
}
