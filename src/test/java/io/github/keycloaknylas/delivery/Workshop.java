package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.ExpectedIdentity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.PlayedKeycloak;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** What the workers need around them: a realm with a provider and a person linked to it, a connection and a seal key. */
final class Workshop {

    static final String REALM = "realm";
    static final String ALIAS = "microsoft";
    static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);
    static final ExpectedIdentity EVE = new ExpectedIdentity("oid-eve", null, "eve@example.com", null, null);
    static final Duration LEASE = Duration.ofMinutes(4);

    final HandClock clock = new HandClock();
    final Options options = Options.none()
            .with("nylas-connection/default/api-key", "server-key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    final PlayedKeycloak keycloak;
    final Jobs jobs;
    final Backoff backoff = new Backoff(() -> 0.5);
    final Gates gates = new Gates(clock, backoff);

    Workshop(Engine engine) {
        Crypto.use();
        keycloak = new PlayedKeycloak(TestDatabase.empty(engine));
        jobs = new Jobs(keycloak.factory());
        keycloak.realm(REALM);
        keycloak.provider(REALM, ALIAS, Map.of());
        person("ada");
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

    void userStoreIsDown() {
        keycloak.failUserStore(new IllegalStateException("The directory is down"));
    }

    static Mailbox mailbox(String subject) {
        return new Mailbox(REALM, ALIAS, subject);
    }

    long now() {
        return clock.millis();
    }

    Claims claims() {
        return new Claims(jobs, gates, backoff, clock, LEASE);
    }

    Leaver leaver(NylasClient nylas, Pace pace, Duration grace, Logger log) {
        return new Leaver(new Removals(jobs, backoff, clock, grace, LEASE, log), nylas, pace);
    }

    /** A login of this person that completed. */
    void signedIn(String name, String token, long capturedAt) {
        signedIn(name, token, capturedAt, name);
    }

    void signedIn(String subject, String token, long capturedAt, String userId) {
        jobs.run(session -> {
            Jobs.bind(session, REALM);
            CaptureRows.marked(
                    session,
                    mailbox(subject),
                    CaptureRows.seal(session, mailbox(subject), token, capturedAt),
                    identity(subject),
                    userId,
                    now());
        });
    }

    static ExpectedIdentity identity(String name) {
        return new ExpectedIdentity("oid-" + name, null, name + "@example.com", null, null);
    }

    /** A row whose token waits. */
    String waiting(String name, String token) {
        signedIn(name, token, now());
        new Merger(jobs, clock).merge();
        return read(name, GrantEntity::id);
    }

    /** A row whose grant is connected and shown. */
    String connected(String name, String grantId) {
        String id = waiting(name, "token-of-" + name);
        Claim claim = claims().next().orElseThrow();
        new Recorder(jobs, clock).granted(claim, answer(grantId, name));
        new Projections(jobs, backoff, clock).writeDue();
        return id;
    }

    static NylasGrant answer(String grantId, String name) {
        return new NylasGrant(grantId, name + "@example.com", "oid-" + name, Set.of("Mail.Read", "Calendars.Read"));
    }

    static ConnectedGrant grant(String id, String name, String fingerprint) {
        return new ConnectedGrant(
                id, name + "@example.com", "oid-" + name, "Mail.Read", "default", fingerprint, "option:k", 7L);
    }

    void change(String name, Consumer<GrantEntity> change) {
        jobs.run(session -> Ledger.of(session).find(mailbox(name)).ifPresent(change));
    }

    void leaving(String name) {
        change(name, row -> Departures.leaving(row, now()));
    }

    <T> T read(String name, Function<GrantEntity, T> look) {
        return jobs.call(
                session -> Ledger.of(session).find(mailbox(name)).map(look).orElse(null));
    }

    Optional<GrantState> state(String name) {
        return read(name, GrantEntity::state);
    }

    boolean exists(String name) {
        return jobs.call(session -> Ledger.of(session).find(mailbox(name)).isPresent());
    }

    int completedCaptures() {
        return jobs.call(session -> Captures.of(session).completed(100).size());
    }

    Optional<String> shown(String name) {
        return Optional.ofNullable(keycloak.user(REALM, name).attributes().get("nylas_grant_id"));
    }

    KeycloakSession session() {
        KeycloakSession session = keycloak.session();
        Jobs.bind(session, REALM);
        return session;
    }
}
