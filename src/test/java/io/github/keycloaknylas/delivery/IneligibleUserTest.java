package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who is disabled or has lost the role keeps the grant, or loses it at once if the mapper says so. */
@OnEveryDatabase
class IneligibleUserTest {

    private static final String REALM = DeliveryFixture.REALM;

    private final DeliveryFixture fixture;

    IneligibleUserTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    void adaHasTheRoleAndAGrant() {
        fixture.keycloak.role(REALM, "mail");
        fixture.keycloak.hasRole(REALM, "ada", "mail", true);
        mapper(Map.of("role", "mail", "whenIneligible", "delete"));
        fixture.connected("ada", "grant-1");
    }

    private void mapper(Map<String, String> settings) {
        fixture.keycloak.provider(REALM, DeliveryFixture.ALIAS, settings);
    }

    private void disable(boolean disabled) {
        fixture.keycloak.enable(REALM, "ada", !disabled);
    }

    private void loseRole() {
        fixture.keycloak.hasRole(REALM, "ada", "mail", false);
    }

    private void sweep() {
        fixture.parts.sweep.step();
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        fixture.parts.attributes.writeDue();
    }

    private boolean isQueued() {
        return fixture.deletion("grant-1", deletion -> true).isPresent();
    }

    private void assertKept() {
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(isQueued()).isFalse();
    }

    private void assertLostAtOnce() {
        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isOfIneligibleUser))
                .contains(true);
        assertThat(fixture.delete()).isTrue();
        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
    }

    private void assertWaitsAsEligible() {
        assertThat(fixture.delete()).isTrue();
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
        DeletionEntity deletion =
                fixture.deletion("grant-1", waiting -> waiting).orElseThrow();
        assertThat(deletion.failure().orElseThrow().failureClass()).isEqualTo("eligible");
        assertThat(deletion.nextAttemptAt())
                .contains(fixture.now() + Duration.ofHours(1).toMillis());
    }

    @Test
    void whoeverIsEligibleKeepsTheGrant() {
        sweep();

        assertKept();
    }

    @Test
    void whoeverIsDisabledLosesTheGrantAtOnceWithoutAGrace() {
        disable(true);

        sweep();

        assertLostAtOnce();
    }

    @Test
    void whoeverHasLostTheRoleLosesTheGrantAtOnceWithoutAGrace() {
        loseRole();

        sweep();

        assertLostAtOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "", "nonsense"})
    void unlessTheMapperDeletesTheGrantIsKept(String setting) {
        mapper(Map.of("role", "mail", "whenIneligible", setting));
        disable(true);
        loseRole();

        sweep();

        assertKept();
    }

    @Test
    void theClientsOfTheMapperAreNoConditionOutsideALogin() {
        mapper(Map.of("clients", "another-app", "whenIneligible", "delete"));

        sweep();

        assertKept();
    }

    @Test
    void aRoleThatDoesNotExistAnyMoreTakesNoGrantAndIsReported() {
        fixture.keycloak.removeRole(REALM, "mail");
        loseRole();

        sweep();

        assertKept();
        verify(fixture.warnings)
                .warn(
                        eq("realm-name"),
                        eq(DeliveryFixture.ALIAS),
                        contains("The role 'mail' of the mapper does not exist"));
    }

    @Test
    void whereTheStorageCannotTellTheGrantIsKept() {
        disable(true);
        fixture.keycloak.foreignUserStorage();

        sweep();

        assertKept();
    }

    @Test
    void noUserDirectoryIsAsked() {
        disable(true);
        fixture.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        sweep();

        assertLostAtOnce();
    }

    @Test
    void aTokenThatWaitsIsErased() {
        fixture.person("eve");
        fixture.keycloak.hasRole(REALM, "eve", "mail", true);
        fixture.waiting("eve", "token");
        fixture.keycloak.enable(REALM, "eve", false);

        sweep();

        assertThat(fixture.exists("eve")).isFalse();
        assertThat(fixture.handOver()).isFalse();
        assertKept();
    }

    @Test
    void aMailboxThatIsBeingHandedOverIsLookedAtLater() {
        fixture.signedIn("ada", "token-2", fixture.now() + 1);
        fixture.parts.merger.merge();
        fixture.parts.leases.next().orElseThrow();
        disable(true);

        sweep();

        assertKept();
    }

    @Test
    void aCallWhoseResponseWasLostIsRepeatedFirstSoThatItsGrantIsKnown() {
        fixture.person("eve");
        fixture.waiting("eve", "token");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        fixture.handOver();
        fixture.keycloak.enable(REALM, "eve", false);

        sweep();

        assertThat(fixture.read("eve", GrantEntity::waitingToken)).isPresent();
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-2", "eve"), "request-2"));
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.handOver();
        sweep();
        assertThat(fixture.exists("eve")).isFalse();
        assertThat(fixture.deletion("grant-2", DeletionEntity::isOfIneligibleUser))
                .contains(true);
    }

    @Test
    void whoeverHasNothingToLoseIsLeftAlone() {
        fixture.person("eve");
        fixture.waiting("eve", "token");
        fixture.connects(Handovers.failed(FailureKind.SIGN_IN_AGAIN, null, null));
        fixture.handOver();
        fixture.keycloak.enable(REALM, "eve", false);

        sweep();

        assertThat(fixture.state("eve")).contains(GrantState.RECONNECT);
    }

    @Test
    void whoeverIsEligibleAgainBeforeTheDeletionKeepsTheGrantAtNylas() {
        disable(true);
        sweep();
        disable(false);

        assertWaitsAsEligible();

        disable(true);
        fixture.clock.forward(Duration.ofHours(1));
        fixture.delete();
        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
    }

    @Test
    void aMapperThatKeepsGrantsByNowDeletesNone() {
        disable(true);
        sweep();
        mapper(Map.of("role", "mail"));

        assertWaitsAsEligible();
    }

    @Test
    void aStorageThatCannotTellAnyMoreDeletesNothing() {
        disable(true);
        sweep();
        fixture.keycloak.foreignUserStorage();

        fixture.delete();

        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
    }

    @Test
    void theGrantOfAnAccountThatIsUnlinkedMeanwhileIsDeleted() {
        disable(true);
        sweep();
        disable(false);
        fixture.unlink("ada");

        fixture.delete();

        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
    }

    @Test
    void aSignInOfWhoeverIsEligibleAgainRestoresTheGrant() {
        disable(true);
        sweep();
        disable(false);

        fixture.connected("ada", "grant-1");

        assertKept();
    }

    @Test
    void moreThanTwentyAndMoreThanFivePercentWaitForAnAdministrator() {
        String[] names = Mailboxes.named("person-", 21);
        Mailboxes.connected(fixture, names);
        fixture.parts.attributes.writeDue();

        sweep();

        fixture.delete();
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("until an administrator confirms"));
    }

    @Test
    void twentyAreDeletedAtOnce() {
        String[] names = Mailboxes.named("person-", 20);
        Mailboxes.connected(fixture, names);

        sweep();

        fixture.delete();
        verify(fixture.nylas).deleteGrant(any(), any(), any());
    }
}
