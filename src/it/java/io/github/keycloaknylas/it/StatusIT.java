package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Mapper;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Credential;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The status of a grant, where Keycloak's own tools find it: the user search and the realm's events. */
class StatusIT {

    private final TestConnection connection = FaultEnvironment.connection();
    private final MicrosoftRealm realm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), connection.mapper());
    private final Account account = MicrosoftRealm.somebody();

    @BeforeEach
    void saveEvents() {
        RealmEventsConfigRepresentation events = realm.keycloak().admin().getRealmEventsConfig();
        events.setEventsEnabled(true);
        realm.keycloak().admin().updateRealmEventsConfig(events);
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
        realm.close();
    }

    @Test
    void theStatusIsFoundByTheUserSearchAndEachChangeIsAUserEvent() {
        String userId = signIn();
        awaitStatus(userId, Optional.of("connected"));
        assertThat(found("connected")).containsExactly(userId);

        refuseTheNextHandover();
        signIn();
        awaitStatus(userId, Optional.of("reconnect"));
        assertThat(realm.grantId(userId)).isPresent();
        assertThat(found("reconnect")).containsExactly(userId);
        assertThat(found("connected")).isEmpty();

        realm.keycloak().user(userId).removeFederatedIdentity("entra");
        awaitStatus(userId, Optional.empty());
        assertThat(found("reconnect")).isEmpty();

        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(changes(userId))
                        .containsExactly(
                                details("connected", "absent"),
                                details("reconnect", "connected"),
                                details("absent", "reconnect")));
    }

    private void refuseTheNextHandover() {
        Credential credential = connection.application().credential("second", TestConnection.CLIENT);
        Mapper.of(realm, "entra").set(Map.of("credentialId", credential.id()));
        TestEnvironment.NYLAS
                .faults()
                .next(
                        1,
                        connection.handovers(),
                        ErrorFaults.refusedByMicrosoft("invalid_grant", "AADSTS50173: revoked."));
    }

    private String signIn() {
        return realm.signIn("entra", account).tokens().userId();
    }

    private void awaitStatus(String userId, Optional<String> status) {
        await().atMost(MicrosoftRealm.SOON).until(() -> realm.status(userId), status::equals);
    }

    private List<String> found(String status) {
        return realm.keycloak().admin().users().searchByAttributes(MicrosoftRealm.STATUS + ":" + status).stream()
                .map(UserRepresentation::getId)
                .toList();
    }

    /** The details of the events about the status, the oldest first. */
    private List<Map<String, String>> changes(String userId) {
        return realm
                .keycloak()
                .admin()
                .getEvents(List.of("UPDATE_PROFILE"), null, userId, null, null, null, null, null, "asc")
                .stream()
                .map(EventRepresentation::getDetails)
                .filter(details -> details.containsKey("nylas_grant_status"))
                .toList();
    }

    private static Map<String, String> details(String status, String before) {
        return Map.of(
                "identity_provider", "entra", "nylas_grant_status", status, "previous_nylas_grant_status", before);
    }
}
