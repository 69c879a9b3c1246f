package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.ledger.SealedSecret;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The rows of the webhooks, each step in a transaction of its own: Nylas is called in between. */
public final class WebhookRows {

    /** Longer than Nylas repeats a notification, which is 20 minutes. */
    private static final Duration BOTH_ACCEPTED = Duration.ofHours(1);

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final InstantSource clock;

    /** @param factory makes a session for each step */
    public WebhookRows(KeycloakSessionFactory factory, String realmId, InstantSource clock) {
        this.factory = factory;
        this.realmId = realmId;
        this.clock = clock;
    }

    /** Returns the webhook of a connection. */
    public Optional<WebhookEntity> find(WebhookOwner owner) {
        return call(session -> Webhooks.of(session).of(owner));
    }

    /** Returns the webhook of a connection, which is created if there is none. */
    public WebhookEntity findOrCreate(WebhookOwner owner) {
        return find(owner).orElseGet(() -> create(owner));
    }

    // Two administrators may do this at the same moment.
    private WebhookEntity create(WebhookOwner owner) {
        try {
            return call(session -> Webhooks.of(session).create(owner, clock.millis()));
        } catch (RuntimeException e) {
            return find(owner).orElseThrow(() -> e);
        }
    }

    /** Returns whether a webhook has this ID. */
    public boolean exists(String id) {
        return call(session -> Webhooks.of(session).find(id).isPresent());
    }

    /** Returns why no secret could be stored. */
    public Optional<String> sealProblem() {
        return call(Seal::problem);
    }

    /** Returns whether the webhook has a secret that can be opened. */
    public boolean opens(WebhookEntity webhook) {
        return call(session -> opens(session, webhook));
    }

    /** @param session bound to the realm of the webhook */
    static boolean opens(KeycloakSession session, WebhookEntity webhook) {
        return webhook.secret()
                .filter(secret -> isOpen(session, webhook.id(), secret))
                .isPresent();
    }

    private static boolean isOpen(KeycloakSession session, String id, SealedSecret secret) {
        try {
            return !WebhookSeal.open(session, id, secret).isEmpty();
        } catch (SealException e) {
            return false;
        }
    }

    /** Begins a change; returns its token, or nothing while another change is in progress. */
    public Optional<String> begin(String id) {
        return call(session -> Webhooks.of(session).beginChange(id, clock.millis()));
    }

    /** Stores a secret and ends the change. */
    public void store(String id, String token, String secret, Consumer<WebhookEntity> more) {
        change(id, token, (session, webhook) -> {
            more.accept(webhook);
            webhook.rotated(WebhookSeal.seal(session, id, secret), clock.millis() + BOTH_ACCEPTED.toMillis());
            webhook.settled(clock.millis());
        });
    }

    /** Ends a change that stored nothing. */
    public void settle(String id, String token) {
        change(id, token, (session, webhook) -> webhook.settled(clock.millis()));
    }

    /** Ends a change that failed. */
    public void breakOff(String id, String token) {
        change(id, token, (session, webhook) -> Webhooks.of(session).breakOff(webhook));
    }

    /** Removes the webhook and ends the change. */
    public void remove(String id, String token) {
        change(id, token, (session, webhook) -> Webhooks.of(session).remove(webhook));
    }

    private interface Change {
        void make(KeycloakSession session, WebhookEntity webhook);
    }

    private void change(String id, String token, Change change) {
        call(session -> {
            Webhooks.of(session).changedBy(id, token).ifPresent(webhook -> change.make(session, webhook));
            return null;
        });
    }

    private <T> T call(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            session.getContext().setRealm(session.realms().getRealm(realmId));
            return job.apply(session);
        });
    }
}
