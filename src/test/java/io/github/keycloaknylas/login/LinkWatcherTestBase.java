package io.github.keycloaknylas.login;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.function.Consumer;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** A server with one realm and one provider, whose session removes and adds, and then ends as Keycloak ends one. */
abstract class LinkWatcherTestBase {

    final FakeKeycloak keycloak;
    final RealmModel realm;
    final Delivery delivery = mock(Delivery.class);
    private final TestDatabase database;
    private final Map<String, UserModel> users = new HashMap<>();
    private final List<KeycloakTransaction> prepare = new ArrayList<>();
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private List<ProviderEventListener> listeners = new ArrayList<>();
    KeycloakSession session;

    LinkWatcherTestBase(Engine engine) {
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        realm = keycloak.realm("realm");
        keycloak.provider("realm", "microsoft", Map.of());
        opens();
        startsListening();
        happens(mock(PostMigrationEvent.class));
    }

    private void startsListening() {
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> keycloak.session());
        doAnswer(call -> listeners.add(call.getArgument(0))).when(factory).register(any());
        new GrantEventListenerFactory().postInit(factory);
    }

    /** A server that has not migrated its database yet. */
    final void forgetsTheTable() {
        listeners = new ArrayList<>();
        startsListening();
    }

    final void opens() {
        session = keycloak.session();
        session.getContext().setRealm(realm);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        ExecutorsProvider executors = mock(ExecutorsProvider.class);
        when(executors.getExecutor(any())).thenReturn(mock(AbstractExecutorService.class));
        when(session.getProvider(ExecutorsProvider.class)).thenReturn(executors);
        var transactions = session.getTransactionManager();
        doAnswer(call -> begun(prepare, call.getArgument(0))).when(transactions).enlistPrepare(any());
        doAnswer(call -> begun(afterCompletion, call.getArgument(0)))
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    private static Object begun(List<KeycloakTransaction> list, KeycloakTransaction transaction) {
        transaction.begin();
        return list.add(transaction);
    }

    /** As Keycloak 26.7 does once a session is committing. */
    final void transactionsRefuse() {
        var transactions = session.getTransactionManager();
        doThrow(new IllegalStateException("Transaction already completed"))
                .when(transactions)
                .enlistPrepare(any());
    }

    final void prepares() {
        prepare.forEach(KeycloakTransaction::commit);
        prepare.clear();
    }

    final void commits() {
        prepares();
        session.close();
        afterCompletion.forEach(KeycloakTransaction::commit);
        afterCompletion.clear();
    }

    final void rollsBack() {
        prepare.clear();
        session.getTransactionManager().setRollbackOnly();
        session.close();
        afterCompletion.forEach(KeycloakTransaction::rollback);
        afterCompletion.clear();
    }

    final void happens(ProviderEvent event) {
        List.copyOf(listeners).forEach(listener -> listener.onEvent(event));
    }

    final UserModel user(String id) {
        return users.computeIfAbsent(id, missing -> {
            UserModel user = mock(UserModel.class);
            when(user.getId()).thenReturn(id);
            return user;
        });
    }

    final void links(String alias, String subject) {
        links(realm, "ada", alias, subject);
    }

    final void links(RealmModel where, String userId, String alias, String subject) {
        var event = mock(FederatedIdentityModel.FederatedIdentityCreatedEvent.class);
        UserModel user = user(userId);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(where);
        when(event.getUser()).thenReturn(user);
        when(event.getFederatedIdentity()).thenReturn(new FederatedIdentityModel(alias, subject, userId));
        happens(event);
    }

    final void unlinks(String alias, String subject) {
        unlinks(realm, "ada", alias, subject);
    }

    final void unlinks(RealmModel where, String userId, String alias, String subject) {
        happens(removed(session, where, userId, alias, subject));
    }

    final ProviderEvent removed(KeycloakSession in, RealmModel where, String userId, String alias, String subject) {
        var event = mock(FederatedIdentityModel.FederatedIdentityRemovedEvent.class);
        UserModel user = user(userId);
        when(event.getKeycloakSession()).thenReturn(in);
        when(event.getRealm()).thenReturn(where);
        when(event.getUser()).thenReturn(user);
        when(event.getFederatedIdentity()).thenReturn(new FederatedIdentityModel(alias, subject, userId));
        return event;
    }

    final void announcesRemoval(String userId) {
        announcesRemoval(realm, userId);
    }

    final void announcesRemoval(RealmModel where, String userId) {
        var event = mock(UserModel.UserPreRemovedEvent.class);
        UserModel user = user(userId);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(where);
        when(event.getUser()).thenReturn(user);
        happens(event);
    }

    final void removes(String userId) {
        var event = mock(UserModel.UserRemovedEvent.class);
        UserModel user = user(userId);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        when(event.getUser()).thenReturn(user);
        happens(event);
    }

    final ProviderEvent providerRemoved(String alias) {
        var event = mock(RealmModel.IdentityProviderRemovedEvent.class);
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(alias);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        when(event.getRemovedIdentityProvider()).thenReturn(provider);
        return event;
    }

    final ProviderEvent realmRemoved() {
        var event = mock(RealmModel.RealmRemovedEvent.class);
        when(event.getKeycloakSession()).thenReturn(session);
        when(event.getRealm()).thenReturn(realm);
        return event;
    }

    /** The rows that are committed, each as its columns. */
    final List<String> evidence() {
        List<String> found = new ArrayList<>();
        inDatabase(em -> em.createQuery(
                        "select e.type, e.realmId, e.userId, e.alias, e.subject, e.newAlias from EvidenceEntity e"
                                + " order by e.createdAt",
                        Object[].class)
                .getResultStream()
                .map(row -> String.join(
                        " ", java.util.Arrays.stream(row).map(String::valueOf).toList()))
                .forEach(found::add));
        return found;
    }

    private void inDatabase(Consumer<EntityManager> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            work.accept(em);
            em.getTransaction().commit();
        }
    }

    final void withoutTheTable(Runnable work) {
        rename("NYLAS_EVIDENCE", "NYLAS_EVIDENCE_AWAY");
        try {
            work.run();
        } finally {
            rename("NYLAS_EVIDENCE_AWAY", "NYLAS_EVIDENCE");
        }
    }

    private void rename(String from, String to) {
        inDatabase(em ->
                em.createNativeQuery("alter table " + from + " rename to " + to).executeUpdate());
    }
}
