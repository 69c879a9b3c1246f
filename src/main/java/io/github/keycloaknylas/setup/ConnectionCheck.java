package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Checks whether the connection that a mapper names can be opened. Makes no call. */
final class ConnectionCheck {

    private final KeycloakSession session;

    ConnectionCheck(KeycloakSession session) {
        this.session = session;
    }

    Optional<Connection> open(MappedProvider provider, Findings findings) {
        try {
            return Optional.of(Connections.open(session, provider.alias(), provider.settings()));
        } catch (ConnectionException e) {
            report(e, provider, findings);
            return Optional.empty();
        }
    }

    private static void report(ConnectionException e, MappedProvider provider, Findings findings) {
        switch (e.problem()) {
            case API_URL ->
                findings.problem(
                        FindingCode.API_URL_REFUSED,
                        provider.alias(),
                        e.getMessage() + ".",
                        corrected(provider, "API URL", "api-url"));
            case API_KEY ->
                findings.problem(
                        FindingCode.API_KEY_UNUSABLE,
                        provider.alias(),
                        e.getMessage() + ".",
                        "Copy the API key again into the vault entry of the connection, or into "
                                + option(provider, "api-key") + ".");
            case VAULT_ENTRY ->
                findings.problemFrom(
                        FindingCode.VAULT_ENTRY_MISSING, provider.alias(), e.getMessage(), "Add the vault entry.");
            case MISSING -> missing(e, provider, findings);
        }
    }

    private static String corrected(MappedProvider provider, String label, String option) {
        return provider.settings().ownApiUrl().isPresent()
                ? NextStep.mappers(
                        provider.alias(),
                        "open the mapper 'Nylas grant' and correct '" + label + "'. Write it as"
                                + " https://api.us.nylas.com.")
                : "Correct " + option(provider, option) + ". Write it as https://api.us.nylas.com.";
    }

    private static String option(MappedProvider provider, String option) {
        return "the server option spi-nylas-connection--" + provider.settings().connection() + "--" + option;
    }

    // The check of the mapper's settings reports the same problem in the same words: once is enough.
    private static void missing(ConnectionException e, MappedProvider provider, Findings findings) {
        if (!provider.settings().problems().contains(e.getMessage())) {
            findings.problemFrom(
                    FindingCode.CONNECTION_UNUSABLE,
                    provider.alias(),
                    e.getMessage(),
                    "Correct the server's options, or pick another connection in the mapper.");
        }
    }
}
