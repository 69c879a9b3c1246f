package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.links.AccountLinks;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Ends the mailboxes of users who are no longer eligible, without a grace. */
public final class IneligibleMailboxes {

    private final AccountLinks links;
    private final EligibilityCheck eligibility;
    private final InstantSource clock;

    /**
     * @param links tells which mailboxes are linked
     * @param eligibility tells which users lose their grant
     */
    public IneligibleMailboxes(AccountLinks links, EligibilityCheck eligibility, InstantSource clock) {
        this.links = links;
        this.eligibility = eligibility;
        this.clock = clock;
    }

    /** @param rows of one realm */
    public void end(KeycloakSession session, List<GrantEntity> rows) {
        RealmModel realm = Transactions.bind(session, rows.get(0).mailbox().realmId());
        end(session, realm, rows, LinkAnswers.read(links, session, rows));
    }

    /**
     * Ends those of the mailboxes that are linked. The others are a matter of evidence.
     *
     * @param realm realm that the session is bound to; null if it does not exist any more
     * @return the mailboxes that were ended
     */
    Set<GrantEntity> end(KeycloakSession session, RealmModel realm, List<GrantEntity> rows, LinkAnswers answers) {
        long now = clock.millis();
        Map<String, List<GrantEntity>> byAlias = rows.stream()
                .filter(row -> answers.isLinked(row) && mayEnd(row, now))
                .collect(Collectors.groupingBy(row -> row.mailbox().alias()));
        Set<GrantEntity> ended = new HashSet<>();
        byAlias.forEach((alias, ofAlias) -> {
            Set<String> users = eligibility.losing(
                    session,
                    realm,
                    alias,
                    ofAlias.stream().map(GrantEntity::userId).collect(Collectors.toSet()));
            ofAlias.stream().filter(row -> users.contains(row.userId())).forEach(ended::add);
        });
        ended.forEach(row -> Ledger.of(session).end(row, DeletionReason.INELIGIBLE, now, now));
        return ended;
    }

    // A call whose response was lost may have made a grant: it is repeated first, so that the grant is known.
    private static boolean mayEnd(GrantEntity row, long now) {
        return row.hasSomethingToLose() && !row.isInFlight(now) && !row.mayHaveAnUnknownGrant();
    }
}
