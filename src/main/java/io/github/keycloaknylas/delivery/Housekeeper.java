package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.Worklist;
import java.time.Duration;
import java.time.InstantSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What has to be done now and then: abandoned captures, tokens that waited too long, gates that settings have opened. */
final class Housekeeper {

    private static final int BATCH = 100;

    private final Jobs jobs;
    private final Gates gates;
    private final InstantSource clock;
    private final Duration retention;
    private final Advice advice;

    Housekeeper(Jobs jobs, Gates gates, InstantSource clock, Duration retention, Advice advice) {
        this.jobs = jobs;
        this.gates = gates;
        this.clock = clock;
        this.retention = retention;
        this.advice = advice;
    }

    void tidy() {
        jobs.run(session -> Captures.of(session).removeAbandoned(clock.millis()));
        jobs.run(this::eraseOutlived);
        gates.reconsider(gate -> jobs.call(session -> version(session, gate)));
    }

    private void eraseOutlived(KeycloakSession session) {
        long now = clock.millis();
        for (GrantEntity row : Worklist.of(session).tokensOlderThan(now - retention.toMillis(), BATCH)) {
            if (!row.isInFlight(now)) {
                Transitions.outlived(row, now);
                advice.warn(
                        realmName(session, row.mailbox().realmId()),
                        row.mailbox().alias(),
                        "Refresh tokens waited longer than " + retention.toHours()
                                + " hours and were erased. Their owners get a grant at their next sign-in.");
            }
        }
    }

    private static String realmName(KeycloakSession session, String realmId) {
        RealmModel realm = Jobs.bind(session, realmId);
        return realm == null ? realmId : realm.getName();
    }

    private static String version(KeycloakSession session, Gate gate) {
        try {
            RealmModel realm = Jobs.bind(session, gate.realmId());
            return realm == null
                    ? ""
                    : MapperSettings.find(session, gate.alias())
                            .map(settings -> Connections.endpoint(realm, gate.alias(), settings))
                            .map(endpoint -> Connections.open(session, endpoint).version())
                            .orElse("");
        } catch (ConnectionException e) {
            return "";
        }
    }
}
