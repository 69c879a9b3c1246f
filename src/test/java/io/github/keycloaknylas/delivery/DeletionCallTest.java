package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A grant is deleted through a key of the application that made it, and through no other. */
@OnEveryDatabase
class DeletionCallTest extends DeletionTestBase {

    private static final String OTHER_KEY = "nylas-connection/other/api-key";

    DeletionCallTest(Engine engine) {
        super(engine);
    }

    private void verifyDeletedWith(String apiKey) {
        verify(fixture.nylas).deleteGrant(argThat(key -> key.value().equals(apiKey)), eq("grant-1"), any());
    }

    private void assertWaitsForAConnection() {
        verifyNothingDeleted();
        assertThat(isDone("grant-1")).isFalse();
        assertThat(failureClass("grant-1")).contains("connection_missing");
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(10));
        verify(fixture.warnings)
                .warn(
                        eq("realm-name"),
                        eq(DeliveryFixture.ALIAS),
                        contains("no connection reaches their application application-1"));
    }

    /** The key of the connection is replaced by one of this application. */
    private void keyOf(String application) {
        fixture.options.with("nylas-connection/default/api-key", "new-key");
        fixture.application("new-key", application);
    }

    private void mapperUses(String connection) {
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("connection", connection));
    }

    @ParameterizedTest
    @EnumSource(DeletionOutcome.class)
    void aGrantIsDoneWhetherNylasDeletedItOrNoLongerHadIt(DeletionOutcome outcome) {
        fixture.deletes(new CallResult.Done<>(outcome, "request-1"));

        afterTheGrace();

        verifyDeletedWith("server-key");
        assertThat(isDone("grant-1")).isTrue();
        fixture.clock.forward(Duration.ofDays(1));
        assertThat(fixture.delete()).isFalse();
    }

    @Test
    void aRotatedKeyOfTheSameApplicationIsUsed() {
        keyOf(DeliveryFixture.APPLICATION);

        afterTheGrace();

        verifyDeletedWith("new-key");
    }

    @Test
    void aKeyOfAnotherApplicationDeletesNothing() {
        keyOf("application-2");
        fixture.deletes(new CallResult.Done<>(DeletionOutcome.ALREADY_GONE, "request-1"));

        afterTheGrace();

        assertWaitsForAConnection();
    }

    @Test
    void aKeyWhoseApplicationIsNotKnownDeletesNothing() {
        fixture.options.with("nylas-connection/default/api-key", "new-key");
        fixture.answersApplication(
                "new-key",
                new CallResult.Failed<>(new Failure(FailureKind.TEMPORARY, null, null, 503, null, null, "hint")));

        afterTheGrace();

        assertWaitsForAConnection();
    }

    @Test
    void whereTheConnectionIsGoneTheDeletionWaitsUntilItIsBack() {
        fixture.options.without("nylas-connection/default/api-key");
        afterTheGrace();
        assertWaitsForAConnection();

        fixture.options.with("nylas-connection/default/api-key", "server-key");
        fixture.clock.forward(Duration.ofMinutes(10));
        fixture.delete();

        verifyDeletedWith("server-key");
    }

    @Test
    void theConnectionThatTheGrantWasMadeThroughIsUsedAlthoughTheMapperMoved() {
        fixture.options.with(OTHER_KEY, "other-key");
        fixture.application("other-key", "application-2");
        mapperUses("other");

        afterTheGrace();

        verifyDeletedWith("server-key");
    }

    @Test
    void whereThatConnectionIsGoneAnotherOneOfTheSameApplicationIsUsed() {
        fixture.options.without("nylas-connection/default/api-key");
        fixture.options.with(OTHER_KEY, "other-key");
        fixture.application("other-key", DeliveryFixture.APPLICATION);
        mapperUses("other");

        afterTheGrace();

        verifyDeletedWith("other-key");
    }

    @Test
    void aConnectionToAnotherUrlIsNoWayToTheApplication() {
        fixture.options.without("nylas-connection/default/api-key");
        fixture.options.with(OTHER_KEY, "other-key").with("nylas-connection/other/region", "eu");
        fixture.application("other-key", DeliveryFixture.APPLICATION);
        mapperUses("other");

        afterTheGrace();

        assertWaitsForAConnection();
    }

    @Test
    void aGrantOutlivesTheMapperAndTheProvider() {
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        afterTheGrace();

        verifyDeletedWith("server-key");
    }

    @Test
    void aKeyInTheVaultOfARealmThatIsGoneIsAMissingConnection() {
        fixture.options.with("nylas-connection/default/api-key", "${vault.key}");
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("connection_missing");
        verify(fixture.warnings)
                .warn(eq(DeliveryFixture.REALM), eq(DeliveryFixture.ALIAS), contains("no connection reaches"));
    }

    @Test
    void aTemporaryFailureIsTriedAgainSoon() {
        fixture.deletes(temporarily(null));
        afterTheGrace();
        assertThat(wait("grant-1")).contains(Duration.ofSeconds(1));
        assertThat(failureClass("grant-1")).contains("temporary");
        assertThat(fixture.deletion("grant-1", DeletionEntity::attempts)).contains(1);

        fixture.deletes(new CallResult.Done<>(DeletionOutcome.DELETED, "request-1"));
        clearInvocations(fixture.nylas);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.delete();

        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
        assertThat(isDone("grant-1")).isTrue();
    }
}
