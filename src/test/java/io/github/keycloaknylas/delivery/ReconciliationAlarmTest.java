package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Too many differences at once change nothing until an administrator confirms them. */
@OnEveryDatabase
class ReconciliationAlarmTest extends ReconciliationTestBase {

    ReconciliationAlarmTest(Engine engine) {
        super(engine);
    }

    @Test
    void anEmptiedApplicationChangesNothingUntilAnAdministratorConfirms() {
        connected("bob");
        nylas.deletes("grant-of-ada");
        nylas.deletes("grant-of-bob");

        passAfterTheInterval();

        assertThat(connectedOf(List.of("ada", "bob"))).isEqualTo(2);
        assertThat(row(ConnectionEntity::alarmAt)).contains(fixture.now());
        verifyLooks(0);
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("2 of 2 grants of application"));
    }

    @Test
    void moreThanFivePercentAtOnceChangeNothing() {
        connected(30);
        people(11).forEach(name -> nylas.expires("grant-of-" + name));
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(connectedOf(people(30))).isEqualTo(30);
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verifyLooks(0);
    }

    @Test
    void aFewLossesNeedNoConfirmation() {
        connected(30);
        people(10).forEach(name -> nylas.expires("grant-of-" + name));

        passAfterTheInterval();

        assertThat(connectedOf(people(30))).isEqualTo(20);
    }

    @Test
    void confirmedDifferencesAreApplied() {
        connected(20);
        people(20).forEach(name -> nylas.deletes("grant-of-" + name));
        passAfterTheInterval();
        Rows.sql(
                fixture,
                em -> em.createNativeQuery(
                                "update NYLAS_CONNECTION set CONFIRMED_AT = 1, NEXT_AT = 0, ROW_VERSION = ROW_VERSION + 1"
                                        + " where ALARM_AT is not null")
                        .executeUpdate());

        fixture.clock.forward(Duration.ofMinutes(1));
        reconciliation.run();

        assertThat(connectedOf(people(20))).isZero();
        assertThat(row(ConnectionEntity::alarmAt)).isEmpty();
    }

    @Test
    void aConfirmationIsValidForOnePassOnly() {
        connected(20);
        people(20).forEach(name -> nylas.expires("grant-of-" + name));
        passAfterTheInterval();
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_CONNECTION set CONFIRMED_AT = 1, NEXT_AT = 0")
                        .executeUpdate());
        fixture.clock.forward(Duration.ofMinutes(1));
        reconciliation.run();
        people(20).forEach(name -> nylas.deletes("grant-of-" + name));

        passAfterTheInterval();

        assertThat(people(20)).allMatch(fixture::exists);
    }
}
