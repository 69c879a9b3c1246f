package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.attributes.StatusChange;
import io.github.keycloaknylas.attributes.StatusEvents;
import io.github.keycloaknylas.attributes.UserEvents;
import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * What the workers need around them: a realm with a provider and a person linked to it, a connection and a seal key.
 */
final class DeliveryFixture {

    static final String REALM = "realm";
    static final String ALIAS = "microsoft";
    static final String APPLICATION = "application-1";
    static final Duration GRACE = Duration.ofHours(24);
    static final DeliverySettings SETTINGS = new DeliverySettings(
            50, 16, Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofHours(168), GRACE, Duration.ofSeconds(5));
    static final Duration LEASE = SETTINGS.lease();
    static final Duration DELETION_LEASE = LEASE.multipliedBy(2);

    final ManualClock clock = new ManualClock();
    final Options options = Options.none()
            .with("nylas-connection/default/api-key", "server-key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    final FakeKeycloak keycloak;
    final Transactions transactions;
    final Backoff backoff = new Backoff(() -> 0.5);
    final NylasClient nylas = mock(NylasClient.class);
    final ThrottledWarnings warnings = mock(ThrottledWarnings.class);
    /** The changes of shown statuses that user events have reported, in their order. */
    final List<StatusChange> changes = new CopyOnWriteArrayList<>();

    final UserEvents events = (session, realm, change) -> changes.add(change);
    final DeliveryParts parts;

    DeliveryFixture(Engine engine) {
        Crypto.use();
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        transactions = new Transactions(keycloak.lightweightFactory());
        keycloak.realm(REALM);
        keycloak.provider(REALM, ALIAS, Map.of());
        person("ada");
        application("server-key", APPLICATION);
        deletes(new CallResult.Done<>(DeletionOutcome.DELETED, "request-1"));
        parts = node();
    }

    /** The parts of another node, which has learned nothing yet. */
    DeliveryParts node() {
        return node(keycloak.links());
    }

    /** As {@link #node()}, with links that are read from elsewhere. */
    DeliveryParts node(AccountLinks links) {
        return node(links, unlimited());
    }

    DeliveryParts node(AccountLinks links, RateLimiters rate) {
        return new DeliveryParts(
                new KeycloakStores(transactions, links, keycloak.eligibility(), keycloak.attributes(), events),
                nylas,
                SETTINGS,
                new Timing(clock, backoff, rate),
                warnings,
                new NoticeBacklog(NoticeBacklog.MOST, true),
                "!");
    }

    /** Every look at this clock finds a second gone by, so that no call waits for its turn. */
    static RateLimiters unlimited() {
        AtomicLong seconds = new AtomicLong();
        return new RateLimiters(50, () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet()));
    }

    /** A user whose account at the provider is called like the user. */
    void person(String name) {
        keycloak.user(REALM, name);
        link(name, name);
    }

    /** To the account with this subject at the provider. */
    void link(String name, String subject) {
        keycloak.link(REALM, name, ALIAS, subject);
    }

    void unlink(String name) {
        keycloak.unlink(REALM, name, ALIAS);
    }

    /** An administrator or the user unlinks the account, which the event proves. */
    void unlinked(String name) {
        unlink(name);
        evidence(EvidenceEntity.linkRemoved(mailbox(name), name, now()));
    }

    void evidence(EvidenceEntity evidence) {
        transactions.run(session -> Evidence.of(session).insert(List.of(evidence)));
    }

    static Mailbox mailbox(String subject) {
        return new Mailbox(REALM, ALIAS, subject);
    }

    long now() {
        return clock.millis();
    }

    /** A login of this person that completed. */
    void signedIn(String name, String token, long capturedAt) {
        signedIn(name, token, capturedAt, name);
    }

    void signedIn(String subject, String token, long capturedAt, String userId) {
        signedIn(mailbox(subject), identity(subject), token, capturedAt, userId);
    }

    void signedIn(Mailbox mailbox, ExpectedIdentity identity, String token, long capturedAt, String userId) {
        transactions.run(session -> {
            Transactions.bind(session, mailbox.realmId());
            CaptureRows.marked(
                    session, mailbox, CaptureRows.seal(session, mailbox, token, capturedAt), identity, userId, now());
        });
    }

    static ExpectedIdentity identity(String name) {
        return new ExpectedIdentity("oid-" + name, null, name + "@example.com", null, null);
    }

    /** A row whose token waits. */
    String waiting(String name, String token) {
        signedIn(name, token, now());
        parts.merger.merge();
        return read(name, GrantEntity::id);
    }

    /** A row whose grant is connected and shown. */
    String connected(String name, String grantId) {
        String id = waiting(name, "token-of-" + name);
        connects(new CallResult.Done<>(grant(grantId, name), "request-1"));
        handOver();
        parts.attributes.writeDue();
        return id;
    }

    /** A mailbox of any realm and provider whose grant is connected and shown. */
    void connected(Mailbox mailbox, String userId, String grantId) {
        signedIn(mailbox, identity(mailbox.subject()), "token", now(), userId);
        parts.merger.merge();
        connects(new CallResult.Done<>(grant(grantId, mailbox.subject()), "request-1"));
        handOver();
        parts.attributes.writeDue();
    }

    /** One worker of this node takes the next due row to its end. */
    boolean handOver() {
        try {
            Optional<LeasedRow> leased = parts.leases.next();
            Optional<PreparedHandover> prepared = leased.flatMap(parts.preparation::prepare);
            if (prepared.isPresent()) {
                parts.handovers.make(prepared.get());
                parts.attributes.write(prepared.get());
            }
            return prepared.isPresent();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One worker of this node takes the next due deletion to its end. */
    boolean delete() {
        return delete(parts);
    }

    boolean delete(DeliveryParts node) {
        try {
            Optional<LeasedDeletion> leased = node.deletionQueue.next();
            if (leased.isPresent()) {
                node.deletions.make(leased.get());
            }
            return leased.isPresent();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void connects(CallResult<NylasGrant> answer) {
        when(nylas.connect(any(), any(), any())).thenReturn(answer);
    }

    /** Nylas answers this when it is asked for that grant. */
    void reports(String grantId, CallResult<Optional<NylasGrant>> answer) {
        when(nylas.grant(any(), eq(grantId))).thenReturn(answer);
    }

    void deletes(CallResult<DeletionOutcome> answer) {
        when(nylas.deleteGrant(any(), any(), any())).thenReturn(answer);
    }

    /** Nylas reports that this key belongs to that application. */
    void application(String apiKey, String id) {
        answersApplication(apiKey, new CallResult.Done<>(new NylasApplication(id, "us", "production"), "request-1"));
    }

    void answersApplication(String apiKey, CallResult<NylasApplication> answer) {
        when(nylas.application(argThat(key -> key != null && key.value().equals(apiKey))))
                .thenReturn(answer);
    }

    static NylasGrant grant(String grantId, String name) {
        return new NylasGrant(grantId, name + "@example.com", "oid-" + name, Set.of("Mail.Read", "Calendars.Read"));
    }

    void change(String name, Consumer<GrantEntity> change) {
        transactions.run(session -> Ledger.of(session).find(mailbox(name)).ifPresent(change));
    }

    <T> T read(String name, Function<GrantEntity, T> look) {
        return read(mailbox(name), look);
    }

    <T> T read(Mailbox mailbox, Function<GrantEntity, T> look) {
        return transactions.call(
                session -> Ledger.of(session).find(mailbox).map(look).orElse(null));
    }

    Optional<GrantState> state(String name) {
        return Optional.ofNullable(read(name, GrantEntity::state)).flatMap(state -> state);
    }

    boolean exists(String name) {
        return transactions.call(
                session -> Ledger.of(session).find(mailbox(name)).isPresent());
    }

    /** The queued deletion of a grant that was made through the default connection. */
    <T> Optional<T> deletion(String grantId, Function<DeletionEntity, T> look) {
        String hash = Digests.sha256("https://api.us.nylas.com", APPLICATION, grantId);
        return transactions.call(session -> Deletions.of(session).find(hash).map(look));
    }

    Optional<String> shown(String name) {
        return Optional.ofNullable(keycloak.user(REALM, name).attributes().get("nylas_grant_id"));
    }

    Optional<String> status(String name) {
        return Optional.ofNullable(keycloak.user(REALM, name).attributes().get("nylas_grant_status"));
    }

    /** User events that {@link #changes} records. */
    StatusEvents statusEvents() {
        return new StatusEvents(transactions, events, warnings);
    }

    KeycloakSession session() {
        KeycloakSession session = keycloak.session();
        Transactions.bind(session, REALM);
        return session;
    }
}
