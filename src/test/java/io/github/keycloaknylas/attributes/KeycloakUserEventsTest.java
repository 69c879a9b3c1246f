package io.github.keycloaknylas.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.ledger.ShownStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.tracing.TracingProvider;

/** What Keycloak's event listeners and event store receive of a change. */
class KeycloakUserEventsTest {

    private static final StatusChange CHANGE = new StatusChange(
            "realm-id", "acme", "ada", "entra", Optional.of(ShownStatus.CONNECTED), Optional.of(ShownStatus.RECONNECT));

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final EventListenerProvider listener = mock(EventListenerProvider.class);
    private final EventStoreProvider store = mock(EventStoreProvider.class);
    private final List<Event> heard = new ArrayList<>();
    private final List<Event> stored = new ArrayList<>();

    @BeforeEach
    void prepare() {
        when(realm.getId()).thenReturn("realm-id");
        when(realm.getEventsListenersStream()).thenAnswer(call -> Stream.of("listener"));
        when(realm.getEnabledEventTypesStream()).thenAnswer(call -> Stream.empty());
        EventListenerProviderFactory listeners = mock(EventListenerProviderFactory.class);
        when(listeners.getId()).thenReturn("listener");
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.getProviderFactoriesStream(EventListenerProvider.class)).thenAnswer(call -> Stream.of(listeners));
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(session.getProvider(EventListenerProvider.class, "listener")).thenReturn(listener);
        when(session.getProvider(EventStoreProvider.class)).thenReturn(store);
        when(session.getProvider(TracingProvider.class))
                .thenReturn(mock(TracingProvider.class, withSettings().defaultAnswer(RETURNS_DEEP_STUBS)));
        doAnswer(call -> heard.add(call.getArgument(0))).when(listener).onEvent(any(Event.class));
        doAnswer(call -> stored.add(call.getArgument(0))).when(store).onEvent(any(Event.class));
    }

    private void send(StatusChange change) {
        new KeycloakUserEvents().send(session, realm, change);
    }

    @Test
    void theEventNamesUserProviderAndBothStatuses() {
        send(CHANGE);

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(EventType.UPDATE_PROFILE);
            assertThat(event.getRealmId()).isEqualTo("realm-id");
            assertThat(event.getUserId()).isEqualTo("ada");
            assertThat(event.getDetails())
                    .isEqualTo(Map.of(
                            "identity_provider",
                            "entra",
                            "nylas_grant_status",
                            "reconnect",
                            "previous_nylas_grant_status",
                            "connected"));
        });
    }

    @Test
    void aStatusThatIsTakenBackIsCalledAbsent() {
        send(new StatusChange("realm-id", "acme", "ada", null, Optional.of(ShownStatus.HELD), Optional.empty()));

        assertThat(heard)
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails())
                        .isEqualTo(Map.of("nylas_grant_status", "absent", "previous_nylas_grant_status", "held")));
    }

    @Test
    void itIsStoredIfTheRealmSavesEvents() {
        when(realm.isEventsEnabled()).thenReturn(true);

        send(CHANGE);

        assertThat(stored).hasSize(1);
    }

    @Test
    void itIsNotStoredIfTheRealmSavesOtherEventsOnlyOrNone() {
        send(CHANGE);
        when(realm.isEventsEnabled()).thenReturn(true);
        when(realm.getEnabledEventTypesStream()).thenAnswer(call -> Stream.of("LOGIN"));
        send(CHANGE);

        assertThat(heard).hasSize(2);
        verifyNoInteractions(store);
    }
}
