package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookState;
import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasWebhook;
import io.github.keycloaknylas.nylas.WebhookClient;
import io.github.keycloaknylas.nylas.WebhookSecret;
import io.github.keycloaknylas.setup.RefusedCallException;
import io.github.keycloaknylas.setup.WebhookRows;
import io.github.keycloaknylas.setup.WebhookTarget;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Registers, rotates and removes the webhook of one connection at Nylas. */
final class WebhookRegistration {

    private static final Pattern REGISTERED_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final WebhookTarget target;
    private final WebhookRows rows;
    private final NylasClient nylas;
    private final WebhookClient webhooks;
    private final ApiKey key;

    WebhookRegistration(WebhookTarget target, WebhookRows rows, NylasClient nylas) {
        this.target = target;
        this.rows = rows;
        this.nylas = nylas;
        this.webhooks = nylas.webhooks();
        this.key = target.connection().key();
    }

    /**
     * Registers the webhook, or repairs it. The row comes first, so that the address answers Nylas' challenge. What an
     * earlier call that broke off has left at Nylas is removed.
     *
     * @return whether anything was changed
     */
    boolean register() throws RefusedCallException {
        requireSealKey();
        String application = application();
        WebhookEntity row = rows.findOrCreate(target.owner());
        String change = begin(row);
        try {
            if (isIn(WebhookState.ACTIVE, row) && rows.opens(row) && isAtNylas(row)) {
                rows.settle(row.id(), change);
                return false;
            }
            create(row, change, application);
            return true;
        } catch (RefusedCallException | RuntimeException e) {
            giveUp(row, change);
            throw e;
        }
    }

    /** Replaces the secret. If the outcome is unknown, unknown signatures are answered so that Nylas sends again. */
    void rotate() throws RefusedCallException {
        requireSealKey();
        WebhookEntity row = registered();
        String change = begin(row);
        CallResult<WebhookSecret> secret = webhooks.rotate(key, row.nylasId().orElseThrow());
        end(row, change, secret, webhook -> {});
        WebhookAnswers.required(secret);
    }

    /** Removes the webhook at Nylas, then here. */
    void remove() throws RefusedCallException {
        WebhookEntity row = rows.find(target.owner()).orElseThrow(this::missing);
        String change = begin(row);
        try {
            removeAtNylas(row);
            rows.remove(row.id(), change);
        } catch (RefusedCallException | RuntimeException e) {
            giveUp(row, change);
            throw e;
        }
    }

    private void requireSealKey() throws RefusedCallException {
        Optional<String> problem = rows.sealProblem();
        if (problem.isPresent()) {
            throw new RefusedCallException(Status.CONFLICT, problem.get());
        }
    }

    private String application() throws RefusedCallException {
        NylasApplication application = WebhookAnswers.required(nylas.application(key));
        boolean expected = target.connection()
                .settings()
                .application()
                .map(application.id()::equalsIgnoreCase)
                .orElse(true);
        if (!expected) {
            throw new RefusedCallException(
                    Status.CONFLICT,
                    "The API key of the connection belongs to another Nylas application than its application-id. Correct"
                            + " one of the two.");
        }
        return application.id();
    }

    private WebhookEntity registered() throws RefusedCallException {
        return rows.find(target.owner())
                .filter(row -> row.nylasId().isPresent())
                .orElseThrow(this::missing);
    }

    private RefusedCallException missing() {
        return new RefusedCallException(
                Status.NOT_FOUND, "The connection has no registered webhook. Register it with POST first.");
    }

    private String begin(WebhookEntity row) throws RefusedCallException {
        return rows.begin(row.id())
                .orElseThrow(() -> new RefusedCallException(
                        Status.CONFLICT,
                        "The webhook is being changed by another call. Repeat this one in three minutes."));
    }

    private boolean isAtNylas(WebhookEntity row) throws RefusedCallException {
        return WebhookAnswers.required(webhooks.list(key)).stream()
                .anyMatch(webhook -> row.nylasId().filter(webhook.id()::equals).isPresent()
                        && webhook.url().equals(target.address(row.id()))
                        && webhook.triggers().containsAll(WebhookTarget.TRIGGERS)
                        && Set.of("", "active").contains(webhook.status()));
    }

    private void create(WebhookEntity row, String change, String application) throws RefusedCallException {
        removeAtNylas(row);
        String url = target.address(row.id());
        CallResult<WebhookSecret> created = webhooks.create(key, url, WebhookTarget.TRIGGERS);
        end(
                row,
                change,
                created,
                webhook -> webhook.registered(
                        target.owner().apiUrl(),
                        application,
                        ((CallResult.Done<WebhookSecret>) created).value().webhookId(),
                        url));
        WebhookAnswers.required(created);
    }

    private void end(WebhookEntity row, String change, CallResult<WebhookSecret> result, Consumer<WebhookEntity> more) {
        if (result instanceof CallResult.Done<WebhookSecret> done) {
            rows.store(row.id(), change, done.value().value(), more);
        } else if (WebhookAnswers.isOpen(result)) {
            rows.breakOff(row.id(), change);
        } else {
            giveUp(row, change);
        }
    }

    // What an earlier change left open stays open: Nylas may still sign with a secret that was not stored.
    private void giveUp(WebhookEntity row, String change) {
        if (isIn(WebhookState.CHANGING, row)) {
            rows.breakOff(row.id(), change);
        } else {
            rows.settle(row.id(), change);
        }
    }

    /** Judges by the state in which the row was found, before this change began. */
    private static boolean isIn(WebhookState state, WebhookEntity row) {
        return row.state().filter(state::equals).isPresent();
    }

    private void removeAtNylas(WebhookEntity row) throws RefusedCallException {
        List<NylasWebhook> all = WebhookAnswers.required(webhooks.list(key));
        for (NylasWebhook webhook : all) {
            if (isOurs(webhook.url(), row)) {
                WebhookAnswers.required(webhooks.delete(key, webhook.id()));
            }
        }
    }

    /** Returns whether the address is this webhook's, or that of one that was registered here and is not known any more. */
    private boolean isOurs(String url, WebhookEntity row) {
        if (!url.startsWith(target.addresses())) {
            return false;
        }
        String id = url.substring(target.addresses().length());
        return id.equals(row.id()) || REGISTERED_ID.matcher(id).matches() && !rows.exists(id);
    }
}
