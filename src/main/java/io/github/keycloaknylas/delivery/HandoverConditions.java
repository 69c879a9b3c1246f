package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Outcomes;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Determines whether a leased row may be handed over, and records why not. */
final class HandoverConditions {

    private static final String LINK_MISSING = "link_missing";

    private final AccountLinks links;
    private final GrantCap cap;
    private final Backoff backoff;
    private final InstantSource clock;
    private final ThrottledWarnings warnings;

    HandoverConditions(AccountLinks links, Backoff backoff, InstantSource clock, ThrottledWarnings warnings) {
        this.links = links;
        this.cap = new GrantCap(clock);
        this.backoff = backoff;
        this.clock = clock;
        this.warnings = warnings;
    }

    /** Returns whether the user has a grant already or may have one. */
    boolean isGrantLeft(KeycloakSession session, RealmModel realm, GrantEntity row, MapperSettings settings) {
        if (row.ownGrant().isPresent()) {
            return true;
        }
        settings.maximumGrantsProblem().ifPresent(problem -> warn(realm, row, problem));
        Optional<Integer> maximum = settings.maximumGrants();
        GrantCap.Verdict verdict =
                maximum.map(most -> cap.of(session, row, most)).orElse(GrantCap.Verdict.FREE);
        long now = clock.millis();
        switch (verdict) {
            case NONE_LEFT -> {
                reportUnknownGrant(realm, row);
                Outcomes.of(session).noGrantLeft(row, now);
                Meters.noGrantLeft();
                warn(
                        realm,
                        row,
                        "The provider has the " + maximum.orElseThrow() + " grants that its mapper allows, so users"
                                + " without a grant get none. Raise 'Maximum number of grants' of the mapper, or unlink"
                                + " accounts that need no grant. Those users get one at their next sign-in.");
            }
            case BEHIND_OTHERS ->
                Transitions.behindOthers(
                        row, capturedAt(row), now + backoff.temporary(1).toMillis(), now);
            case FREE -> {}
        }
        return verdict == GrantCap.Verdict.FREE;
    }

    private void reportUnknownGrant(RealmModel realm, GrantEntity row) {
        if (row.failure().filter(LastFailure::isInconclusive).isPresent()) {
            warn(
                    realm,
                    row,
                    "user " + row.userId() + ": the provider has no grant left, and Nylas' answer to the last handover"
                            + " was lost. If that made a grant, its state at Nylas is 'keycloak:" + row.id()
                            + "': look for it in the Nylas dashboard and delete it, or it is billed on.");
        }
    }

    /** Returns whether the account is linked. */
    boolean isLinked(KeycloakSession session, GrantEntity row) {
        if (mayBeLinked(session, row)) {
            return true;
        }
        long now = clock.millis();
        Transitions.refusedForRow(
                row,
                LastFailure.of(LINK_MISSING, now),
                capturedAt(row),
                now + backoff.slow(row.refusals()).toMillis(),
                now);
        return false;
    }

    // The link was checked during login. A storage that cannot be read here is no evidence against it.
    private boolean mayBeLinked(KeycloakSession session, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        AccountLinks.Answer link = links.read(session, mailbox.realmId(), row.userId(), mailbox.alias());
        return link.status() == AccountLinks.Status.UNKNOWN
                || link.status() == AccountLinks.Status.LINKED
                        && mailbox.subject().equals(link.subject());
    }

    private static long capturedAt(GrantEntity row) {
        return row.waitingToken().map(SealedToken::capturedAt).orElse(0L);
    }

    private void warn(RealmModel realm, GrantEntity row, String sentence) {
        warnings.warn(realm.getName(), row.mailbox().alias(), sentence);
    }
}
