package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a grant at Nylas is known in Keycloak after the next reconciliation of its application. */
@FullBuildOnly("it waits a minute until reconciliation knows of an application")
class ReconciliationIT {

    /** The server looks for applications that are due once a minute, at least. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final OurTables TABLES = PostgresEnvironment.TABLES;

    private final TestConnection connection = FaultEnvironment.connection();
    private MicrosoftRealm realm;

    @BeforeEach
    void createRealm() {
        realm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), connection.mapper());
    }

    @AfterEach
    void removeRealm() {
        realm.close();
    }

    private record Person(Account account, String userId, String grantId) {}

    private Person connected() {
        Account account = MicrosoftRealm.somebody();
        String userId = realm.signIn("entra", account).tokens().userId();
        return new Person(account, userId, realm.awaitGrantId(userId));
    }

    private static String state(Person person) {
        List<String> found =
                TABLES.query("select grant_state from nylas_grant where user_id = '" + person.userId() + "'");
        return found.isEmpty() ? "none" : found.get(0);
    }

    private String column(String column) {
        List<String> found = TABLES.query("select " + column + " from nylas_connection where application_id = '"
                + connection.application().id() + "'");
        return found.isEmpty() ? "none" : found.get(0);
    }

    /** As docs/delivery.md shows it. */
    private void reconcileNow() {
        await().atMost(PATIENCE).until(() -> !column("next_at").equals("none"));
        TABLES.execute("update nylas_connection set next_at = 0, row_version = row_version + 1 where application_id = '"
                + connection.application().id() + "'");
        await().atMost(PATIENCE).until(() -> !column("next_at").equals("0"));
    }

    @Test
    void anExpiredGrantWaitsForANewSignInAndADeletedOneIsNoLongerShown() {
        Person ada = connected();
        Person bob = connected();
        Person cleo = connected();
        TestEnvironment.NYLAS.expire(ada.grantId());
        TestEnvironment.NYLAS.delete(bob.grantId());
        Instant due = Instant.now();

        reconcileNow();

        assertThat(state(ada)).isEqualTo("RECONNECT");
        await().atMost(MicrosoftRealm.SOON).until(() -> realm.status(ada.userId()), Optional.of("reconnect")::equals);
        Figures.write(
                "expiry-by-reconciliation.txt",
                List.of(
                        "From the moment a reconciliation is due to the user attribute of an expired grant: %d ms (one grant)"
                                .formatted(Duration.between(due, Instant.now()).toMillis())));
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> realm.grantId(bob.userId()).isEmpty());
        assertThat(state(cleo)).isEqualTo("CONNECTED");
        assertThat(realm.grantId(cleo.userId())).contains(cleo.grantId());

        realm.signIn("entra", ada.account());
        realm.signIn("entra", bob.account());

        await().atMost(MicrosoftRealm.SOON).until(() -> state(ada).equals("CONNECTED"));
        assertThat(realm.awaitGrantId(ada.userId())).isEqualTo(ada.grantId());
        assertThat(realm.awaitGrantId(bob.userId())).isNotEqualTo(bob.grantId());
    }

    @Test
    void anEmptiedApplicationChangesNothingAndRaisesAnAlarm() {
        List<Person> people = new ArrayList<>(List.of(connected(), connected()));
        people.forEach(person -> TestEnvironment.NYLAS.delete(person.grantId()));

        reconcileNow();

        assertThat(people).extracting(ReconciliationIT::state).containsOnly("CONNECTED");
        assertThat(people).allMatch(person -> realm.grantId(person.userId()).isPresent());
        assertThat(column("alarm_at")).isNotEqualTo("none").isNotNull();
    }
}
