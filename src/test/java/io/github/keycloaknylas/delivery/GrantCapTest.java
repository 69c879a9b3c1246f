package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderMapperModel;

/** A provider has no more grants than its mapper allows. */
@OnEveryDatabase
class GrantCapTest {

    private static final String REALM = DeliveryFixture.REALM;
    private static final Duration BEHIND_OTHERS = Duration.ofSeconds(5);

    private final DeliveryFixture fixture;
    private final Handovers handovers;

    GrantCapTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        fixture.person("eve");
    }

    private void maximum(String number) {
        fixture.keycloak.provider(REALM, DeliveryFixture.ALIAS, Map.of("maximumGrants", number));
    }

    private static MapperSettings settings(Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(config);
        return MapperSettings.of(mapper);
    }

    private void assertRefused(String name) {
        assertThat(handovers.next()).isEmpty();
        fixture.parts.attributes.writeDue();
        assertThat(fixture.exists(name)).isFalse();
        assertThat(fixture.shown(name)).isEmpty();
        verify(fixture.warnings)
                .warn(
                        eq("realm-name"),
                        eq(DeliveryFixture.ALIAS),
                        contains("grants that its mapper allows, so users without a grant get none."));
    }

    private void verifyNoWarning() {
        verify(fixture.warnings, never()).warn(any(), any(), any());
    }

    @Test
    void theLastGrantIsMadeAndAnotherUserGetsNone() {
        maximum("1");
        fixture.connected("ada", "grant-1");
        fixture.waiting("eve", "token");

        assertRefused("eve");
        verify(fixture.nylas, times(1)).connect(any(), any(), any());
    }

    @Test
    void whoeverHasAGrantIsServedAsBefore() {
        maximum("1");
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofMinutes(1));

        fixture.connected("ada", "grant-1");

        verify(fixture.nylas, times(2)).connect(any(), any(), any());
        verifyNoWarning();
    }

    @Test
    void aGrantThatWaitsForASignInCountsAndIsRestored() {
        fixture.connected("ada", "grant-1");
        fixture.change("ada", row -> Transitions.outlived(row, fixture.now()));
        maximum("1");
        fixture.waiting("eve", "token");
        assertRefused("eve");
        fixture.clock.forward(Duration.ofMinutes(1));

        fixture.connected("ada", "grant-1");

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aMailboxThatNeverHadAGrantDoesNotCount() {
        maximum("1");
        fixture.waiting("ada", "token");
        fixture.connects(Handovers.failed(FailureKind.SIGN_IN_AGAIN, null, null));
        fixture.handOver();
        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);

        fixture.connected("eve", "grant-2");

        assertThat(fixture.shown("eve")).contains("grant-2");
    }

    @Test
    void aHeldMailboxDoesNotCountAndStaysHeldIfNoGrantIsLeft() {
        maximum("1");
        fixture.waiting("ada", "token");
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "somebody"), "request-1"));
        fixture.handOver();
        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        fixture.connected("eve", "grant-2");
        fixture.clock.forward(Duration.ofDays(2));

        fixture.waiting("ada", "token-2");
        assertThat(handovers.next()).isEmpty();

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(handovers.failure("ada")).contains("no_grant_left");
    }

    @Test
    void withAMaximumOfNoneNobodyGetsAGrant() {
        maximum("0");
        fixture.waiting("ada", "token");

        assertRefused("ada");
    }

    @Test
    void whoeverWasRefusedGetsAGrantAtTheNextSignInOnceThereIsOneLeft() {
        maximum("1");
        fixture.connected("ada", "grant-1");
        fixture.waiting("eve", "token");
        assertRefused("eve");

        maximum("2");
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.connected("eve", "grant-2");

        assertThat(fixture.shown("eve")).contains("grant-2");
    }

    @Test
    void theGrantsOfOtherProvidersAndRealmsDoNotCount() {
        fixture.keycloak.provider(REALM, "entra", Map.of());
        fixture.keycloak.link(REALM, "ada", "entra", "ada");
        fixture.connected(new Mailbox(REALM, "entra", "ada"), "ada", "grant-1");
        fixture.keycloak.realm("another");
        fixture.keycloak.user("another", "bob");
        fixture.keycloak.provider("another", DeliveryFixture.ALIAS, Map.of());
        fixture.keycloak.link("another", "bob", DeliveryFixture.ALIAS, "bob");
        fixture.connected(new Mailbox("another", DeliveryFixture.ALIAS, "bob"), "bob", "grant-2");
        maximum("1");

        fixture.connected("eve", "grant-3");

        assertThat(fixture.shown("eve")).contains("grant-3");
    }

    @Test
    void ofTwoWhoCompeteForTheLastGrantOnWhateverNodesTheSecondWaitsUntilTheFirstHasIt() throws Exception {
        maximum("1");
        DeliveryParts other = fixture.node();
        PreparedHandover ada = handovers.prepared("ada");
        fixture.waiting("eve", "token-of-eve");

        assertThat(other.leases.next().flatMap(other.preparation::prepare)).isEmpty();

        assertThat(handovers.failure("eve")).contains("behind_others");
        assertThat(handovers.wait("eve")).contains(BEHIND_OTHERS);
        assertThat(fixture.read("eve", GrantEntity::attempts)).isZero();
        assertThat(fixture.read("eve", GrantEntity::waitingToken)).isPresent();
        verifyNoWarning();
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
        fixture.parts.handovers.make(ada);
        fixture.clock.forward(BEHIND_OTHERS);
        assertRefused("eve");
    }

    @Test
    void ifTheFirstDoesNotGetTheLastGrantTheSecondDoes() throws Exception {
        maximum("1");
        PreparedHandover ada = handovers.prepared("ada");
        fixture.waiting("eve", "token-of-eve");
        assertThat(handovers.next()).isEmpty();
        fixture.connects(Handovers.failed(FailureKind.SIGN_IN_AGAIN, null, null));
        fixture.parts.handovers.make(ada);
        fixture.clock.forward(BEHIND_OTHERS);

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void aNodeThatStoppedDuringACallHoldsNoGrantBackForEver() {
        maximum("1");
        handovers.prepared("ada");
        fixture.change("ada", Transitions::unlinkedInFlight);
        fixture.waiting("eve", "token-of-eve");

        fixture.clock.forward(DeliveryFixture.LEASE);

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }

    @Test
    void aGrantThatALostAnswerMayHaveMadeIsReportedBeforeTheTokenIsErased() {
        maximum("1");
        String row = fixture.waiting("eve", "token");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        fixture.handOver();
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofMinutes(1));

        assertRefused("eve");

        verify(fixture.warnings).warn(any(), any(), contains("its state at Nylas is 'keycloak:" + row + "'"));
    }

    @Test
    void aNumberThatIsNoneIsReportedAndLimitsNothing() {
        maximum("many");
        fixture.connected("ada", "grant-1");

        assertThat(fixture.shown("ada")).contains("grant-1");
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("maximum number of grants is ignored"));
    }

    @Test
    void withoutAMaximumNothingIsCounted() {
        HandoverConditions conditions =
                new HandoverConditions(fixture.keycloak.links(), fixture.backoff, fixture.clock, fixture.warnings);
        GrantEntity row = new GrantEntity(DeliveryFixture.mailbox("ada"), "ada", fixture.now());

        assertThat(conditions.isGrantLeft(null, fixture.keycloak.realm(REALM), row, settings(Map.of())))
                .isTrue();
    }

    @Test
    void farFromTheMaximumTheGrantsAreCountedOnceInTenSeconds() {
        GrantCap cap = new GrantCap(fixture.clock);
        GrantEntity row = new GrantEntity(DeliveryFixture.mailbox("ada"), "ada", fixture.now());
        GrantCap.Verdict first = fixture.transactions.call(session -> cap.of(session, row, 1000));
        assertThat(first).isEqualTo(GrantCap.Verdict.FREE);

        fixture.clock.forward(Duration.ofSeconds(10).minusMillis(1));
        assertThat(cap.of(null, row, 1000)).isEqualTo(GrantCap.Verdict.FREE);
        assertThatThrownBy(() -> cap.of(null, row, 999)).isInstanceOf(NullPointerException.class);
        fixture.clock.forward(Duration.ofMillis(1));
        assertThatThrownBy(() -> cap.of(null, row, 1000)).isInstanceOf(NullPointerException.class);
    }
}
