package io.github.keycloaknylas.delivery;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.config.Digests;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.Scope;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Steps of a handover in a {@link Workshop}, one at a time. */
final class Handovers {

    private final Workshop shop;

    Handovers(Workshop shop) {
        this.shop = shop;
    }

    /** A login through any provider that completed. */
    void signedIn(Mailbox mailbox, String token, ExpectedIdentity identity, String userId) {
        shop.jobs.run(session -> {
            Jobs.bind(session, mailbox.realmId());
            CaptureRows.marked(
                    session,
                    mailbox,
                    CaptureRows.seal(session, mailbox, token, shop.now()),
                    identity,
                    userId,
                    shop.now());
        });
        shop.parts.merger.merge();
    }

    /** A row of another provider whose token waits, of a user who is linked to it. */
    void waiting(Mailbox mailbox) {
        String user = mailbox.subject();
        shop.keycloak.user(mailbox.realmId(), user);
        shop.keycloak.link(mailbox.realmId(), user, mailbox.alias(), user);
        signedIn(mailbox, "token-of-" + user, Workshop.identity(user), user);
    }

    /** The next row that one worker of this node leases and prepares. */
    Optional<PreparedHandover> next() {
        return shop.parts.leases.next().flatMap(shop.parts.preparation::prepare);
    }

    /** A row whose call is about to be made. */
    PreparedHandover prepared(String name) {
        shop.waiting(name, "token-of-" + name);
        return next().orElseThrow();
    }

    Optional<String> failure(String name) {
        return shop.read(name, GrantEntity::failure).map(LastFailure::failureClass);
    }

    Optional<Duration> wait(String name) {
        return shop.read(name, GrantEntity::nextAttemptAt).map(at -> Duration.ofMillis(at - shop.now()));
    }

    boolean isInFlight(String name) {
        return shop.<Boolean>read(name, row -> row.isInFlight(shop.now()));
    }

    /** As a newer version of the extension writes a state that this one does not know. */
    void inState(String name, String state) {
        shop.jobs.run(session -> entityManager(session)
                .createNativeQuery("update NYLAS_GRANT set GRANT_STATE = ?1 where KEY_HASH = ?2")
                .setParameter(1, state)
                .setParameter(2, Workshop.mailbox(name).hash())
                .executeUpdate());
    }

    /** The state as the database holds it. */
    String stored(String name) {
        return shop.jobs.call(session -> (String) entityManager(session)
                .createNativeQuery("select GRANT_STATE from NYLAS_GRANT where KEY_HASH = ?1")
                .setParameter(1, Workshop.mailbox(name).hash())
                .getSingleResult());
    }

    /** Transactions in sessions that the test changes before they are used. */
    Jobs jobs(Consumer<KeycloakSession> change) {
        KeycloakSessionFactory factory =
                mock(KeycloakSessionFactory.class, withSettings().stubOnly());
        when(factory.create()).thenAnswer(call -> {
            KeycloakSession session = mock(KeycloakSession.class, delegatesTo(shop.keycloak.session()));
            change.accept(session);
            return session;
        });
        return new Jobs(factory);
    }

    /** Another node of the workshop, whose sessions the test changes before they are used. */
    DeliveryParts node(Consumer<KeycloakSession> change) {
        return new DeliveryParts(
                new KeycloakStores(jobs(change), shop.keycloak.links(), shop.keycloak.attributes()),
                shop.nylas,
                Workshop.SETTINGS,
                new Timing(shop.clock, shop.backoff, Workshop.unlimited()),
                shop.advice,
                "!");
    }

    /** Where tokens of a provider wait that were sealed with the server's key. */
    static String lane(String realm, String alias) {
        return Digests.sha256(realm, alias, "server:default");
    }

    static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    static <T> Answer<T> failed(FailureKind kind, Scope scope, Duration retryAfter) {
        return new Answer.Failed<>(failure(kind, scope, retryAfter));
    }

    static Failure failure(FailureKind kind, Scope scope, Duration retryAfter) {
        return new Failure(kind, scope, "api.type", 400, "request-1", retryAfter, "What to do next.");
    }
}
