package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Everything outside the realm's own set-up on which grants depend: providers, seal key, connections, Nylas. */
final class Checks {

    private final KeycloakSession session;
    private final NylasFacts nylas;
    private final ConnectionCheck connections;
    private final AudienceCheck audiences;

    Checks(KeycloakSession session, RealmModel realm, NylasFacts nylas) {
        this.session = session;
        this.nylas = nylas;
        this.connections = new ConnectionCheck(session);
        this.audiences = new AudienceCheck(session, realm);
    }

    void run(List<Broker> brokers, Findings findings) {
        if (brokers.isEmpty()) {
            findings.problem(
                    FindingCode.MAPPER_MISSING,
                    null,
                    "No identity provider of the realm has a Nylas mapper, so no grant is ever made.",
                    "Add the mapper 'Nylas grant' to the "
                            + MailProviders.installed().names() + " provider.");
        }
        Seal.problem(session)
                .ifPresent(problem -> findings.problemFrom(
                        FindingCode.SEAL_KEY_MISSING, null, problem, "Correct the seal key in the server's options."));
        for (Broker broker : brokers) {
            ProviderCheck.run(broker, findings);
            audiences.run(broker, findings);
            ScopeCheck.run(broker, findings);
            connections.open(broker, findings).ifPresent(connection -> ask(broker, connection, findings));
        }
    }

    private void ask(Broker broker, Connection connection, Findings findings) {
        CallResult<NylasApplication> application = nylas.application(connection.key());
        if (application instanceof CallResult.Failed<NylasApplication> failed) {
            NylasFailures.report(failed.failure(), broker.alias(), findings);
        } else if (application instanceof CallResult.Done<NylasApplication> done) {
            ApplicationCheck.run(broker.alias(), broker.mail(), connection.settings(), done.value(), findings);
            askForConnector(broker, connection, findings);
        }
    }

    private void askForConnector(Broker broker, Connection connection, Findings findings) {
        CallResult<NylasConnector> connector = nylas.connector(connection.key(), broker.mail());
        if (connector instanceof CallResult.Failed<NylasConnector> failed) {
            NylasFailures.report(failed.failure(), broker.alias(), findings);
        } else if (connector instanceof CallResult.Done<NylasConnector> done) {
            ConnectorCheck.run(broker, done.value(), findings);
        }
    }
}
