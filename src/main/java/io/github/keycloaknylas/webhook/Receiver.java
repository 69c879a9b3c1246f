package io.github.keycloaknylas.webhook;

import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Takes notifications and answers challenges, for all webhooks of a node. Nothing that goes wrong is thrown. */
final class Receiver {

    private static final Logger LOG = Logger.getLogger(Receiver.class);
    private static final int LONGEST_CHALLENGE = 1000;

    private final KnownWebhooks webhooks;
    private final ThrottledWarnings warnings;
    private final InstantSource clock;
    private final ShortTransactions transactions = new ShortTransactions();

    Receiver(ThrottledWarnings warnings, InstantSource clock) {
        this.webhooks = new KnownWebhooks(warnings, clock);
        this.warnings = warnings;
        this.clock = clock;
    }

    Response challenge(KeycloakSession session, String id, String challenge) {
        try {
            if (!transactions.call(session, own -> webhooks.exist(own, id))) {
                return Answer.NO_SUCH_WEBHOOK.response();
            }
            if (challenge == null || challenge.isEmpty() || challenge.length() > LONGEST_CHALLENGE) {
                return Answer.NO_CHALLENGE.response();
            }
            return Response.ok(challenge.getBytes(StandardCharsets.UTF_8), MediaType.TEXT_PLAIN_TYPE)
                    .build();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A challenge of Nylas could not be answered", e);
            return Answer.NOT_NOW.response();
        }
    }

    Answer receive(KeycloakSession session, String id, SignedBody body) {
        Answer answer = answer(session, id, body);
        Meters.notice(answer.name().toLowerCase(Locale.ROOT));
        return answer;
    }

    private Answer answer(KeycloakSession session, String id, SignedBody body) {
        try {
            Optional<KnownWebhook> webhook = transactions.call(session, own -> webhooks.find(own, id));
            return webhook.isPresent() ? judge(session, webhook.get(), body) : Answer.NO_SUCH_WEBHOOK;
        } catch (UnreadableBodyException e) {
            return e.answer();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A notification of Nylas could not be taken", e);
            return Answer.NOT_NOW;
        }
    }

    private Answer judge(KeycloakSession session, KnownWebhook webhook, SignedBody body)
            throws UnreadableBodyException {
        if (body.isTooLarge()) {
            return Answer.TOO_LARGE;
        }
        if (!body.isSignedWithOneOf(webhook.secrets())) {
            return unknownSignature(webhook);
        }
        Envelope envelope = Envelope.read(body.content());
        if (!envelope.isNeeded()) {
            return Answer.NOT_NEEDED;
        }
        if (!isOfSameApplication(webhook, envelope)) {
            return Answer.OTHER_APPLICATION;
        }
        return store(session, webhook, notice(webhook, envelope));
    }

    private Answer unknownSignature(KnownWebhook webhook) {
        if (!webhook.settled()) {
            return Answer.SECRET_UNSETTLED;
        }
        warnings.warnOfConnection(
                webhook.connection(),
                "A notification was refused, because its signature does not match the secret of the webhook. If Nylas"
                        + " sent it, rotate the secret of the webhook, or correct the option webhook-secret of a webhook"
                        + " by hand.");
        return Answer.WRONG_SIGNATURE;
    }

    private static boolean isOfSameApplication(KnownWebhook webhook, Envelope envelope) {
        Optional<String> own = webhook.application();
        Optional<String> named = envelope.application();
        return own.isEmpty()
                ? named.isPresent()
                : named.map(own.get()::equalsIgnoreCase).orElse(true);
    }

    private static Notice notice(KnownWebhook webhook, Envelope envelope) {
        String application = envelope.application().or(webhook::application).orElseThrow();
        return new Notice(
                webhook.id(),
                envelope.eventId(),
                new NoticedGrant(webhook.apiUrl(), application, envelope.grantId()),
                envelope.type(),
                envelope.eventAt());
    }

    private Answer store(KeycloakSession session, KnownWebhook webhook, Notice notice) {
        boolean added = addOrFind(session, webhook, notice);
        session.getProvider(Delivery.class).wake();
        return added ? Answer.STORED : Answer.STORED_BEFORE;
    }

    private boolean addOrFind(KeycloakSession session, KnownWebhook webhook, Notice notice) {
        try {
            return transactions.call(session, own -> add(own, notice));
        } catch (RuntimeException e) {
            if (isStoredByAnotherRequest(session, notice)) {
                return false;
            }
            warnings.warnOfConnection(
                    webhook.connection(),
                    "A notification could not be stored (" + e.getClass().getName()
                            + "). Nylas was asked to send it again. Check Keycloak's database.");
            throw e;
        }
    }

    private boolean isStoredByAnotherRequest(KeycloakSession session, Notice notice) {
        try {
            return transactions.call(session, own -> Notices.of(own).isKnown(notice));
        } catch (RuntimeException e) {
            LOG.debug("The database does not tell whether a notification is stored", e);
            return false;
        }
    }

    private boolean add(KeycloakSession own, Notice notice) {
        Notices notices = Notices.of(own);
        if (notices.isKnown(notice)) {
            return false;
        }
        notices.insert(notice, clock.millis());
        return true;
    }
}
