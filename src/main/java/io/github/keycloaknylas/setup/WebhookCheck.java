package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ServerUrlException;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasWebhook;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether notifications of Nylas about a connection arrive and can be verified. */
final class WebhookCheck {

    /** Not every response names the status. */
    private static final Set<String> WORKING = Set.of("", "active");

    private final WebhookSetUps setUps;
    private final NylasLookup nylas;

    WebhookCheck(WebhookSetUps setUps, NylasLookup nylas) {
        this.setUps = setUps;
        this.nylas = nylas;
    }

    void run(MappedProvider provider, Connection connection, Findings findings) {
        Optional<WebhookSetUp> found = setUps.of(connection);
        if (found.isEmpty()) {
            findings.note(
                    FindingCode.WEBHOOK_MISSING,
                    provider.alias(),
                    "The Nylas connection '" + connection.settings().name() + "' has no webhook.",
                    setUps.registration(provider, connection));
            return;
        }
        WebhookSetUp webhook = found.get();
        if (!webhook.opens()) {
            findings.problem(
                    FindingCode.WEBHOOK_SECRET_UNUSABLE,
                    provider.alias(),
                    "The secret of the webhook of the Nylas connection '"
                            + connection.settings().name() + "' is missing or cannot be opened.",
                    webhook.isManual()
                            ? "Add the vault entry that the server option spi-nylas-connection--"
                                    + connection.settings().name() + "--webhook-secret refers to."
                            : setUps.registration(provider, connection));
            return;
        }
        CallResult<List<NylasWebhook>> answer = nylas.webhooks(connection.key());
        if (answer instanceof CallResult.Failed<List<NylasWebhook>> failed) {
            NylasFailures.report(failed.failure(), provider.alias(), findings);
        } else if (answer instanceof CallResult.Done<List<NylasWebhook>> done) {
            compare(provider, connection, webhook, done.value(), findings);
        }
    }

    private void compare(
            MappedProvider provider,
            Connection connection,
            WebhookSetUp webhook,
            List<NylasWebhook> known,
            Findings findings) {
        String name = connection.settings().name();
        Optional<NylasWebhook> atNylas = known.stream().filter(webhook::is).findFirst();
        if (atNylas.isEmpty()) {
            findings.problem(
                    FindingCode.WEBHOOK_MISSING,
                    provider.alias(),
                    "Nylas no longer has the webhook of the Nylas connection '" + name + "'.",
                    repair(provider, connection, webhook));
        } else if (!isReachable(webhook, atNylas.get())) {
            findings.problem(
                    FindingCode.WEBHOOK_UNREACHABLE,
                    provider.alias(),
                    "The webhook of the Nylas connection '" + name + "' has the address "
                            + atNylas.get().url() + ", which is not that of this server.",
                    "Correct the server option hostname, and restart, if it is wrong. Then: "
                            + repair(provider, connection, webhook));
        } else if (!WORKING.contains(atNylas.get().status())) {
            findings.problem(
                    FindingCode.WEBHOOK_FAILING,
                    provider.alias(),
                    "Nylas reports the status '" + atNylas.get().status()
                            + "' for the webhook of the Nylas connection '" + name + "'.",
                    "Make sure that the proxy publishes " + atNylas.get().url() + " unchanged. Then: "
                            + repair(provider, connection, webhook));
        }
    }

    private static boolean isReachable(WebhookSetUp webhook, NylasWebhook atNylas) {
        try {
            return webhook.address().equals(atNylas.url());
        } catch (ServerUrlException e) {
            return false;
        }
    }

    private String repair(MappedProvider provider, Connection connection, WebhookSetUp webhook) {
        return webhook.isManual()
                ? NextStep.nylas(
                        "create the webhook again, or activate it, as docs/notifications.md describes under 'By"
                                + " hand'.")
                : setUps.registration(provider, connection);
    }
}
