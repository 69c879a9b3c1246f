package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.ReportedGrants;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads which mailboxes show a grant before Nylas is asked about it, and records the answer afterwards. */
final class GrantReports {

    private final Transactions transactions;
    private final InstantSource clock;
    private final ThrottledWarnings warnings;
    private final HistorySource source;

    /** @param source what makes this server ask Nylas, for the history */
    GrantReports(Transactions transactions, InstantSource clock, ThrottledWarnings warnings, HistorySource source) {
        this.transactions = transactions;
        this.clock = clock;
        this.warnings = warnings;
        this.source = source;
    }

    /**
     * A grant that mailboxes show.
     *
     * @param hash of API URL, application and grant ID
     * @param grant as the ledger has it before Nylas is asked
     * @param rows that show it, with the time of their last handover in milliseconds since the epoch
     * @param connections that may reach its application
     * @param realm name of the realm, or its ID if it does not exist any more; for messages
     * @param alias of the identity provider, for messages
     */
    record Shown(
            String hash,
            ConnectedGrant grant,
            Map<String, Long> rows,
            List<Connection> connections,
            String realm,
            String alias) {

        boolean isUnchanged(GrantEntity row) {
            return row.shownGrant()
                    .filter(now -> Objects.equals(now.connectedAt(), rows.get(row.id())))
                    .isPresent();
        }
    }

    /** Returns the grant as the ledger has it, or nothing if no mailbox shows it. */
    Optional<Shown> shown(String grantHash) {
        return transactions.call(session -> {
            List<GrantEntity> rows = ReportedGrants.of(session).showing(grantHash);
            return rows.isEmpty() ? Optional.empty() : Optional.of(shown(session, grantHash, rows));
        });
    }

    private static Shown shown(KeycloakSession session, String grantHash, List<GrantEntity> rows) {
        GrantEntity row = rows.get(0);
        ConnectedGrant grant = row.shownGrant().orElseThrow();
        String alias = row.mailbox().alias();
        RealmModel realm = Transactions.bind(session, row.mailbox().realmId());
        return new Shown(
                grantHash,
                grant,
                rows.stream()
                        .collect(Collectors.toMap(
                                GrantEntity::id,
                                each -> each.shownGrant().orElseThrow().connectedAt())),
                GrantConnections.candidates(session, grant.connection(), alias),
                realm == null ? row.mailbox().realmId() : realm.getName(),
                alias);
    }

    /**
     * Records what Nylas reported. A mailbox that was handed over since {@link #shown} keeps the result of that, and so
     * does one whose handover is in progress once it ends: which of the two is newer is not known.
     *
     * @param answer the grant, or nothing if Nylas has none of this ID
     */
    LookResult record(Shown shown, Optional<NylasGrant> answer) {
        AtomicBoolean overtaken = new AtomicBoolean();
        transactions.retrying(session -> {
            List<GrantEntity> rows = ReportedGrants.of(session).showing(shown.hash());
            overtaken.set(rows.stream().anyMatch(row -> !shown.isUnchanged(row) || row.isInFlight(clock.millis())));
            rows.stream().filter(shown::isUnchanged).forEach(row -> record(session, shown, row, answer));
        });
        return overtaken.get() ? LookResult.OVERTAKEN : LookResult.RECORDED;
    }

    private void record(KeycloakSession session, Shown shown, GrantEntity row, Optional<NylasGrant> answer) {
        ReportedGrants reported = ReportedGrants.of(session);
        long now = clock.millis();
        if (answer.isEmpty()) {
            reported.gone(row, source, now);
            Meters.grantReported("gone");
        } else if (!answer.get().valid()) {
            count("invalid", reported.invalid(row, source, now));
        } else {
            ConnectedGrant grant = row.shownGrant()
                    .orElseThrow()
                    .reportedAs(
                            answer.get().email(),
                            answer.get().providerUserId(),
                            answer.get().scopes());
            if (isOwn(session, row, grant)) {
                count("valid", reported.valid(row, grant, source, now));
            } else {
                count("held", reported.otherMailbox(row, grant, source, now));
                warn(
                        shown,
                        "Nylas reports that grants now belong to mailboxes other than those of their users. They are"
                                + " held back, so that no application sees them. See 'other_mailbox' in"
                                + " docs/troubleshooting.md.");
            }
        }
    }

    private static void count(String outcome, boolean changed) {
        Meters.grantReported(changed ? outcome : "unchanged");
    }

    private static boolean isOwn(KeycloakSession session, GrantEntity row, ConnectedGrant grant) {
        Transactions.bind(session, row.mailbox().realmId());
        return IdentityCheck.isOwn(
                Ledger.of(session),
                row,
                grant,
                MailProviders.installed().of(session, row.mailbox().alias()));
    }

    /** Warns administrators of the realm of a grant. */
    void warn(Shown shown, String sentence) {
        warnings.warn(shown.realm(), shown.alias(), sentence);
    }
}
