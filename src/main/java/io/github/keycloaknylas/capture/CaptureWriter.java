package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.ledger.EscapedText;
import io.github.keycloaknylas.ledger.GrantStatus;
import io.github.keycloaknylas.ledger.LedgerView;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Decides whether a response is needed at Nylas, then seals and inserts it. Failures never reach the login. */
final class CaptureWriter {

    private static final int LONGEST_COLUMN = 2000;

    private final TableProbe tables;
    private final InstantSource clock;
    private final LoginGuard guard;

    CaptureWriter(TableProbe tables, InstantSource clock, LoginGuard guard) {
        this.tables = tables;
        this.clock = clock;
        this.guard = guard;
    }

    boolean isNeeded(BrokerResponse response) {
        return guard.test(response.realm(), response.context(), () -> {
            if (!isStorable(response)) {
                return false;
            }
            Optional<GrantStatus> grantStatus =
                    tables.guard(() -> LedgerView.of(response.session()).grantStatus(response.mailbox()));
            return HandoverRule.isNeeded(
                    grantStatus,
                    response.identity(),
                    response.settings(),
                    connection(response),
                    response.provider(),
                    response.token().receivedAt());
        });
    }

    boolean insertMarked(BrokerResponse response, String userId) {
        return insert(response, row -> row.complete(userId, clock.millis()));
    }

    void insertForLater(BrokerResponse response) {
        insert(response, row -> {
            // Writing a note would restore a tab that Keycloak has removed in this request.
            if (isAlive(response.login())) {
                LoginNote.add(response.login(), row.id());
            }
        });
    }

    private boolean insert(BrokerResponse response, Consumer<CaptureEntity> before) {
        return guard.test(response.realm(), response.context(), () -> {
            Mailbox mailbox = response.mailbox();
            CaptureEntity row = new CaptureEntity(
                    mailbox,
                    Captures.loginHash(response.login()),
                    Seal.seal(
                            response.session(),
                            mailbox,
                            response.token().text(),
                            response.token().receivedAt()),
                    response.identity(),
                    response.token().receivedAt()
                            + LoginNote.lifespan(response.realm()).toMillis());
            before.accept(row);
            tables.guard(() -> Captures.of(response.session()).insert(row));
            Meters.captured();
            return true;
        });
    }

    private static boolean isAlive(AuthenticationSessionModel login) {
        return login.getParentSession().getAuthenticationSessions().containsKey(login.getTabId());
    }

    // Checked first, since a refused INSERT would spoil the login's transaction. Oracle treats empty text as null.
    private boolean isStorable(BrokerResponse response) {
        Mailbox mailbox = response.mailbox();
        boolean fits = mailbox.subject() != null
                && !mailbox.subject().isEmpty()
                && EscapedText.escape(mailbox.subject()).length() <= LONGEST_COLUMN
                && EscapedText.escape(mailbox.alias()).length() <= LONGEST_COLUMN;
        if (!fits) {
            Meters.captureRefused();
            guard.warn(
                    response.realm(),
                    response.context(),
                    "A sign-in has no user ID, or one longer than any that "
                            + response.provider().displayName()
                            + " issues. It is not handed over. Check the provider's mappers that set the broker ID.");
        }
        return fits;
    }

    // A misconfigured one is reported at delivery: the token waits there until it is corrected.
    private static Optional<ConnectionSettings> connection(BrokerResponse response) {
        return Connections.configured(response.realm(), response.mailbox().alias(), response.settings());
    }
}
