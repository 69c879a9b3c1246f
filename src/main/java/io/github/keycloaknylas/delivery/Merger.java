package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Takes marked captures over into the ledger, each in a transaction of its own. */
final class Merger {

    private static final Logger LOG = Logger.getLogger(Merger.class);
    private static final int BATCH = 50;

    private final Jobs jobs;
    private final InstantSource clock;
    private final AtomicBoolean merging = new AtomicBoolean();

    Merger(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Takes over all that is marked, unless another worker of this node is at it. */
    void merge() {
        if (!merging.compareAndSet(false, true)) {
            return;
        }
        try {
            List<String> completed = completed();
            while (completed.stream().filter(this::mergeOne).count() == BATCH) {
                completed = completed();
            }
        } finally {
            merging.set(false);
        }
    }

    private List<String> completed() {
        return jobs.call(session -> Captures.of(session).completed(BATCH).stream()
                .map(CaptureEntity::id)
                .toList());
    }

    private boolean mergeOne(String captureId) {
        try {
            jobs.run(session -> merge(session, captureId));
            return true;
        } catch (RuntimeException e) {
            // Another node was at it at the same moment; whatever is left is found at the next look.
            LOG.debugf(e, "Capture %s is left for the next look", captureId);
            return false;
        }
    }

    private void merge(KeycloakSession session, String captureId) {
        Optional<CaptureEntity> found = Captures.of(session).find(captureId);
        found.filter(capture -> !capture.isSpent()).ifPresent(capture -> takeOver(session, capture));
        found.ifPresent(CaptureEntity::spend);
        Ledger.of(session).flush();
    }

    private void takeOver(KeycloakSession session, CaptureEntity capture) {
        Mailbox mailbox = capture.mailbox();
        RealmModel realm = Jobs.bind(session, mailbox.realmId());
        Ledger ledger = Ledger.of(session);
        GrantEntity row = ledger.find(mailbox).orElseGet(() -> ledger.create(mailbox, capture.userId()));
        if (Transitions.merge(row, capture.token(), capture.identity(), capture.userId(), clock.millis())) {
            Optional<Endpoint> endpoint = endpoint(session, realm, mailbox.alias());
            Transitions.routed(
                    row,
                    endpoint.map(Endpoint::name).orElse(null),
                    endpoint.map(Endpoint::fingerprint).orElse(null));
        }
    }

    private static Optional<Endpoint> endpoint(KeycloakSession session, RealmModel realm, String alias) {
        try {
            return realm == null
                    ? Optional.empty()
                    : MapperSettings.find(session, alias).map(settings -> Connections.endpoint(realm, alias, settings));
        } catch (ConnectionException e) {
            return Optional.empty();
        }
    }
}
