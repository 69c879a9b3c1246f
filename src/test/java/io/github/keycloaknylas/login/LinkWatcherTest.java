package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

class LinkWatcherTest {

    private static final FederatedIdentityModel LINK = new FederatedIdentityModel("microsoft", "subject", "ada");
    private static final Mailbox MAILBOX = new Mailbox("realm", "microsoft", "subject");

    private final Delivery delivery = mock(Delivery.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transactions = mock(KeycloakTransactionManager.class);
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private final List<ProviderEventListener> listeners = new ArrayList<>();

    @BeforeEach
    void aServerThatListens() {
        when(realm.getId()).thenReturn("realm");
        when(user.getId()).thenReturn("ada");
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        when(session.getTransactionManager()).thenReturn(transactions);
        doAnswer(call -> afterCompletion.add(call.getArgument(0)))
                .when(transactions)
                .enlistAfterCompletion(any());
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        doAnswer(call -> listeners.add(call.getArgument(0))).when(factory).register(any());
        new GrantEventListenerFactory().postInit(factory);
    }

    private void happens(ProviderEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
    }

    private void commit() {
        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::commit);
    }

    private FederatedIdentityModel.FederatedIdentityCreatedEvent created() {
        var event = mock(FederatedIdentityModel.FederatedIdentityCreatedEvent.class);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        when(event.getFederatedIdentity()).thenReturn(LINK);
        return event;
    }

    private FederatedIdentityModel.FederatedIdentityRemovedEvent removed() {
        var event = mock(FederatedIdentityModel.FederatedIdentityRemovedEvent.class);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        when(event.getFederatedIdentity()).thenReturn(LINK);
        return event;
    }

    private UserModel.UserRemovedEvent userRemoved() {
        var event = mock(UserModel.UserRemovedEvent.class);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        when(event.getUser()).thenReturn(user);
        return event;
    }

    @Test
    void aNewLinkIsToldToTheWorkersOnceItIsCommitted() {
        happens(created());
        verifyNoInteractions(delivery);

        commit();

        verify(delivery).linkChanged(MAILBOX);
    }

    @Test
    void aRemovedLinkIsToldToTheWorkersOnceItIsCommitted() {
        happens(removed());
        verifyNoInteractions(delivery);

        commit();

        verify(delivery).linkChanged(MAILBOX);
    }

    @Test
    void aRemovedUserIsToldToTheWorkersOnceItIsCommitted() {
        happens(userRemoved());
        verifyNoInteractions(delivery);

        commit();

        verify(delivery).userGone("realm", "ada");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        happens(removed());

        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::rollback);

        verifyNoInteractions(delivery);
    }

    @Test
    void otherEventsAreNobodysBusiness() {
        happens(mock(ProviderEvent.class));

        assertThat(afterCompletion).isEmpty();
    }

    @Test
    void aChangeThatCannotBeToldDoesNotFailTheRequest() {
        doThrow(new IllegalStateException("The transaction is over"))
                .when(transactions)
                .enlistAfterCompletion(any());

        assertThatCode(() -> happens(removed())).doesNotThrowAnyException();
    }
}
