package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.EscapedText;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Standing;
import io.github.keycloaknylas.metrics.Meters;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Decides on and makes the capture of one broker response. Nothing it meets reaches the login. */
final class Capture {

    private static final Logger LOG = Logger.getLogger(Capture.class);
    private static final int LONGEST_TOKEN = 64 * 1024;
    private static final int LONGEST_COLUMN = 2000;
    private static final String TRANSIENT_USERS = "doNotStoreUsers";
    private static final String SEEN = "nylas.seen.";

    private final TableProbe tables;
    private final InstantSource clock;
    private final Advice advice;

    Capture(TableProbe tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        this.advice = new Advice(LOG, clock);
    }

    void attempt(KeycloakSession session, RealmModel realm, MapperSettings settings, BrokeredIdentityContext context) {
        guarded(realm, context, () -> {
            if (isOfLogin(context) && isFirst(session, realm, context)) {
                capture(session, realm, settings, context);
            }
        });
    }

    /** Runs a step of ours so that its failure is told once and counted, and the login goes on. */
    void guarded(RealmModel realm, BrokeredIdentityContext context, Runnable step) {
        try {
            step.run();
        } catch (SealException e) {
            Meters.captureFailed();
            advise(realm, context, e.getMessage());
        } catch (RuntimeException e) {
            Meters.captureFailed();
            advise(
                    realm,
                    context,
                    "A sign-in could not be captured (" + e.getClass().getName()
                            + "). The login goes on, and the next one" + " tries again. Debug logging of "
                            + LOG.getName() + " shows the cause.");
            LOG.debug("Capture failed", e);
        }
    }

    // Token exchange has no authentication session, a transient user has no account to put a grant on.
    private static boolean isOfLogin(BrokeredIdentityContext context) {
        return context.getAuthenticationSession() != null
                && !Boolean.parseBoolean(context.getIdpConfig().getConfig().get(TRANSIENT_USERS));
    }

    private boolean isFirst(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        String key = SEEN + context.getIdpConfig().getAlias();
        if (session.getAttribute(key) != null) {
            advise(
                    realm,
                    context,
                    "The provider has two Nylas mappers. Only the one that Keycloak calls first counts; remove the other.");
            return false;
        }
        session.setAttribute(key, Boolean.TRUE);
        return true;
    }

    private void capture(
            KeycloakSession session, RealmModel realm, MapperSettings settings, BrokeredIdentityContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (!settings.audience().admitsClient(login.getClient().getClientId())) {
            return;
        }
        TokenResponse response = TokenResponse.of(context);
        Optional<String> obstacle = Obstacles.of(settings, response);
        if (obstacle.isPresent()) {
            Meters.captureRefused();
            advise(realm, context, obstacle.get());
            return;
        }
        Mailbox mailbox = new Mailbox(realm.getId(), context.getIdpConfig().getAlias(), context.getId());
        String token = response.refreshToken().orElseThrow();
        if (isStorable(realm, context, mailbox, token) && tables.usable(session)) {
            keepIfNeeded(session, realm, settings, context, mailbox, token);
        }
    }

    private void keepIfNeeded(
            KeycloakSession session,
            RealmModel realm,
            MapperSettings settings,
            BrokeredIdentityContext context,
            Mailbox mailbox,
            String token) {
        long now = clock.millis();
        Optional<Standing> standing = tables.guard(() -> Ledger.of(session).standing(mailbox));
        if (!HandoverRule.isNeeded(standing, settings, fingerprint(realm, mailbox.alias(), settings), now)) {
            return;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        CaptureEntity row = new CaptureEntity(
                mailbox,
                Captures.loginHash(login),
                Seal.seal(session, mailbox, token, now),
                IdentityReader.read(context),
                now + LoginNote.lifespan(realm).toMillis());
        tables.guard(() -> Captures.of(session).insert(row));
        LoginNote.add(login, row.id());
        Meters.captured();
    }

    // Lengths are checked before, since a refused INSERT would spoil the login's transaction.
    private boolean isStorable(RealmModel realm, BrokeredIdentityContext context, Mailbox mailbox, String token) {
        boolean fits = token.length() <= LONGEST_TOKEN
                && mailbox.subject() != null
                && EscapedText.escape(mailbox.subject()).length() <= LONGEST_COLUMN
                && EscapedText.escape(mailbox.alias()).length() <= LONGEST_COLUMN;
        if (!fits) {
            Meters.captureRefused();
            advise(
                    realm,
                    context,
                    "A sign-in brought a refresh token or a user id longer than any that Microsoft issues. It is not"
                            + " handed over.");
        }
        return fits;
    }

    private static Optional<String> fingerprint(RealmModel realm, String alias, MapperSettings settings) {
        try {
            return Optional.of(Connections.endpoint(realm, alias, settings).fingerprint());
        } catch (ConnectionException e) {
            // Told at delivery: the token waits there until the connection is put right.
            return Optional.empty();
        }
    }

    private void advise(RealmModel realm, BrokeredIdentityContext context, String sentence) {
        advice.warn(realm.getName(), context.getIdpConfig().getAlias(), sentence);
    }
}
