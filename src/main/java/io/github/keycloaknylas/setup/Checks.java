package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks everything outside the realm's own set-up that grants depend on: providers, seal key, connections, Nylas. */
final class Checks {

    private final KeycloakSession session;
    private final NylasLookup nylas;
    private final ConnectionCheck connections;
    private final AudienceCheck audiences;
    private final TemplateMapperCheck templates;

    Checks(KeycloakSession session, RealmModel realm, NylasLookup nylas) {
        this.session = session;
        this.nylas = nylas;
        this.connections = new ConnectionCheck(session);
        this.audiences = new AudienceCheck(session, realm);
        this.templates = new TemplateMapperCheck(session);
    }

    /** Returns the providers with their connections, whether these can be used or not. */
    List<CheckedProvider> run(List<MappedProvider> providers, Findings findings) {
        if (providers.isEmpty()) {
            findings.problem(
                    FindingCode.MAPPER_MISSING,
                    null,
                    "No identity provider of the realm has a Nylas mapper, so no grant is ever made.",
                    "Admin console: Identity providers > the "
                            + MailProviders.installed().names()
                            + " provider > Mappers > Add mapper: choose 'Nylas grant'.");
        }
        Seal.problem(session)
                .ifPresent(problem -> findings.problemFrom(
                        FindingCode.SEAL_KEY_MISSING,
                        null,
                        problem,
                        "Correct the server option spi-nylas-seal-key--default--secret, and restart."));
        return providers.stream().map(provider -> check(provider, findings)).toList();
    }

    private CheckedProvider check(MappedProvider provider, Findings findings) {
        ProviderCheck.run(provider, findings);
        audiences.run(provider, findings);
        templates.run(provider, findings);
        ScopeCheck.run(provider, findings);
        Optional<Connection> connection = connections.open(provider, findings);
        return new CheckedProvider(provider, connection, connection.flatMap(opened -> ask(provider, opened, findings)));
    }

    private Optional<NylasApplication> ask(MappedProvider provider, Connection connection, Findings findings) {
        CallResult<NylasApplication> application = nylas.application(connection.key());
        if (application instanceof CallResult.Failed<NylasApplication> failed) {
            NylasFailures.report(failed.failure(), provider.alias(), findings);
        } else if (application instanceof CallResult.Done<NylasApplication> done) {
            ApplicationCheck.run(provider.alias(), provider.mail(), connection.settings(), done.value(), findings);
            askForConnector(provider, connection, findings);
            return Optional.of(done.value());
        }
        return Optional.empty();
    }

    private void askForConnector(MappedProvider provider, Connection connection, Findings findings) {
        CallResult<NylasConnector> connector = nylas.connector(connection.key(), provider.mail());
        if (connector instanceof CallResult.Failed<NylasConnector> failed) {
            NylasFailures.report(failed.failure(), provider.alias(), findings);
        } else if (connector instanceof CallResult.Done<NylasConnector> done) {
            ConnectorCheck.run(provider, done.value(), findings);
        }
    }
}
