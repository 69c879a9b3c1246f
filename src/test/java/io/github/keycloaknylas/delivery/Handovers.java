package io.github.keycloaknylas.delivery;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Steps of a handover in a {@link DeliveryFixture}, one at a time. */
final class Handovers {

    private final DeliveryFixture fixture;

    Handovers(DeliveryFixture fixture) {
        this.fixture = fixture;
    }

    /** A login through any provider that completed. */
    void signedIn(Mailbox mailbox, String token, ExpectedIdentity identity, String userId) {
        fixture.transactions.run(session -> {
            Transactions.bind(session, mailbox.realmId());
            CaptureRows.marked(
                    session,
                    mailbox,
                    CaptureRows.seal(session, mailbox, token, fixture.now()),
                    identity,
                    userId,
                    fixture.now());
        });
        fixture.parts.merger.merge();
    }

    /** A row of another provider whose token waits, of a user who is linked to it. */
    void waiting(Mailbox mailbox) {
        String user = mailbox.subject();
        fixture.keycloak.user(mailbox.realmId(), user);
        fixture.keycloak.link(mailbox.realmId(), user, mailbox.alias(), user);
        signedIn(mailbox, "token-of-" + user, DeliveryFixture.identity(user), user);
    }

    /** A row whose token Keycloak had stored; returns its ID. */
    String backfilled(Mailbox mailbox) {
        fixture.keycloak.provider(mailbox.realmId(), mailbox.alias(), Map.of());
        return fixture.transactions.call(session -> {
            Transactions.bind(session, mailbox.realmId());
            GrantEntity row = GrantEntity.backfilled(mailbox, mailbox.subject(), fixture.now());
            Transitions.backfill(
                    row,
                    CaptureRows.seal(session, mailbox, "stored-token", fixture.now()),
                    DeliveryFixture.identity(mailbox.subject()),
                    fixture.now());
            Ledger.of(session).save(row, MailProviders.installed().fallback());
            return row.id();
        });
    }

    /** The next row that one worker of this node leases and prepares. */
    Optional<PreparedHandover> next() {
        return fixture.parts.leases.next().flatMap(fixture.parts.preparation::prepare);
    }

    /** A row whose call is about to be made. */
    PreparedHandover prepared(String name) {
        fixture.waiting(name, "token-of-" + name);
        return next().orElseThrow();
    }

    Optional<String> failure(String name) {
        return fixture.read(name, GrantEntity::failure).map(LastFailure::failureClass);
    }

    Optional<Duration> wait(String name) {
        return fixture.read(name, GrantEntity::nextAttemptAt).map(at -> Duration.ofMillis(at - fixture.now()));
    }

    boolean isInFlight(String name) {
        return fixture.<Boolean>read(name, row -> row.isInFlight(fixture.now()));
    }

    /** As a newer version of the extension writes a state that this one does not know. */
    void inState(String name, String state) {
        inState(DeliveryFixture.mailbox(name), state);
    }

    /** As {@link #inState(String, String)}, for a mailbox of any realm and provider. */
    void inState(Mailbox mailbox, String state) {
        fixture.transactions.run(session -> entityManager(session)
                .createNativeQuery("update NYLAS_GRANT set GRANT_STATE = ?1 where KEY_HASH = ?2")
                .setParameter(1, state)
                .setParameter(2, mailbox.hash())
                .executeUpdate());
    }

    /** The state as the database holds it. */
    String stored(String name) {
        return fixture.transactions.call(session -> (String) entityManager(session)
                .createNativeQuery("select GRANT_STATE from NYLAS_GRANT where KEY_HASH = ?1")
                .setParameter(1, DeliveryFixture.mailbox(name).hash())
                .getSingleResult());
    }

    /** Transactions in sessions that the test changes before they are used. */
    Transactions transactions(Consumer<KeycloakSession> change) {
        KeycloakSessionFactory factory =
                mock(KeycloakSessionFactory.class, withSettings().stubOnly());
        when(factory.create()).thenAnswer(call -> {
            KeycloakSession session = mock(KeycloakSession.class, delegatesTo(fixture.keycloak.session()));
            change.accept(session);
            return session;
        });
        return new Transactions(factory);
    }

    /** Another node of the fixture, whose sessions the test changes before they are used. */
    DeliveryParts node(Consumer<KeycloakSession> change) {
        return new DeliveryParts(
                new KeycloakStores(
                        transactions(change),
                        fixture.keycloak.links(),
                        fixture.keycloak.eligibility(),
                        fixture.keycloak.attributes(),
                        fixture.events),
                fixture.nylas,
                DeliveryFixture.SETTINGS,
                new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
                fixture.warnings,
                new NoticeBacklog(NoticeBacklog.MOST, true),
                "!");
    }

    /** Where tokens of a provider wait that were sealed with the server's key. */
    static String lane(String realm, String alias) {
        return Digests.sha256(realm, alias, "server:default");
    }

    static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    static <T> CallResult<T> failed(FailureKind kind, FailureReach reach, Duration retryAfter) {
        return new CallResult.Failed<>(failure(kind, reach, retryAfter));
    }

    static Failure failure(FailureKind kind, FailureReach reach, Duration retryAfter) {
        return new Failure(kind, reach, "api.type", 400, "request-1", retryAfter, "What to do next.");
    }
}
