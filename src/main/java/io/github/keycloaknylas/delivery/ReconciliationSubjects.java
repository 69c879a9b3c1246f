package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.ConnectionGrants;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a connection whose key belongs to an application, by way of mailboxes whose grants are stored there. */
final class ReconciliationSubjects {

    private static final int SAMPLE = 20;

    private final Transactions transactions;
    private final Applications applications;
    private final ThrottledWarnings warnings;

    ReconciliationSubjects(Transactions transactions, Applications applications, ThrottledWarnings warnings) {
        this.transactions = transactions;
        this.applications = applications;
        this.warnings = warnings;
    }

    /**
     * An application to reconcile.
     *
     * @param home the application, as one of its grants has it
     * @param connection whose key belongs to the application
     * @param realm name of the realm of that grant; for messages
     * @param alias of the provider of that grant; for messages
     */
    record Subject(GrantConnection home, Connection connection, String realm, String alias) {}

    private record Candidate(GrantConnection home, List<Connection> connections, String realm, String alias) {

        private Optional<Subject> subject(Applications applications) {
            return connections.stream()
                    .filter(connection -> applications.isOf(connection, home.application()))
                    .findFirst()
                    .map(connection -> new Subject(home, connection, realm, alias));
        }
    }

    /** Returns the application with a usable connection; logs a warning if there is none. */
    Optional<Subject> find(String connectionHash) {
        List<Candidate> candidates =
                transactions.call(session -> ConnectionGrants.of(session).someOf(connectionHash, SAMPLE).stream()
                        .map(row -> candidate(session, row))
                        .toList());
        Optional<Subject> found = candidates.stream()
                .map(candidate -> candidate.subject(applications))
                .flatMap(Optional::stream)
                .findFirst();
        if (found.isEmpty()) {
            candidates.stream().findFirst().ifPresent(this::warn);
        }
        return found;
    }

    private static Candidate candidate(KeycloakSession session, GrantEntity row) {
        GrantConnection home = row.ownGrant().orElseThrow().connection();
        String alias = row.mailbox().alias();
        RealmModel realm = Transactions.bind(session, row.mailbox().realmId());
        return new Candidate(
                home,
                GrantConnections.candidates(session, home, alias),
                realm == null ? row.mailbox().realmId() : realm.getName(),
                alias);
    }

    private void warn(Candidate candidate) {
        warnings.warn(
                candidate.realm(),
                candidate.alias(),
                "Grants cannot be reconciled with Nylas, because no connection reaches their application "
                        + candidate.home().application() + ". Configure the connection '"
                        + candidate.home().name() + "' with a key of that application.");
    }
}
