package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.capture.StoredResponse;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.KnownMailboxes;
import io.github.keycloaknylas.ledger.KnownMailboxes.Known;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.links.StoredLinks;
import io.github.keycloaknylas.links.StoredLinks.StoredLink;
import io.github.keycloaknylas.links.UserEligibility;
import io.github.keycloaknylas.links.UserEligibility.Answer;
import io.github.keycloaknylas.links.UserEligibility.Requirements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Looks at one page of links and queues the tokens of those whose mailboxes the ledger does not know. Each question is
 * one statement for the page; tokens are read last, and only where one is needed.
 */
final class BackfillPage {

    private final KeycloakSession session;
    private final StoredLinks stored;
    private final UserEligibility eligibility;
    private final BackfillEntity run;
    private final BackfillSettings settings;
    private final long now;
    private BackfillCounts counts = BackfillCounts.NONE;

    BackfillPage(
            KeycloakSession session,
            StoredLinks stored,
            UserEligibility eligibility,
            BackfillEntity run,
            BackfillSettings settings,
            long now) {
        this.session = session;
        this.stored = stored;
        this.eligibility = eligibility;
        this.run = run;
        this.settings = settings;
        this.now = now;
    }

    /** @throws io.github.keycloaknylas.capture.SealException if a token cannot be sealed */
    BackfillCounts look(List<StoredLink> links) {
        List<StoredLink> candidates = eligible(unknown(withToken(links)));
        Map<String, String> tokens = stored.tokens(session, run.realmId(), run.alias(), candidates);
        for (StoredLink link : candidates) {
            String text = tokens.get(link.userId());
            // It may have been unlinked, or its token discarded, since the page was read.
            if (text == null) {
                skip(SkipReason.NO_STORED_TOKEN);
            } else {
                look(link, text);
            }
        }
        return counts;
    }

    private void skip(SkipReason reason) {
        counts = counts.plus(BackfillCounts.skipped(reason));
    }

    private List<StoredLink> withToken(List<StoredLink> links) {
        List<StoredLink> left = new ArrayList<>();
        for (StoredLink link : links) {
            if (!link.hasToken()) {
                skip(SkipReason.NO_STORED_TOKEN);
            } else if (link.subject() == null || link.subject().isEmpty()) {
                skip(SkipReason.NOT_IDENTIFIED);
            } else {
                left.add(link);
            }
        }
        return left;
    }

    private List<StoredLink> unknown(List<StoredLink> links) {
        Map<Mailbox, Known> known = KnownMailboxes.of(session)
                .among(links.stream().map(this::mailbox).toList());
        Set<Mailbox> seen = new HashSet<>();
        List<StoredLink> left = new ArrayList<>();
        for (StoredLink link : links) {
            Mailbox mailbox = mailbox(link);
            if (known.containsKey(mailbox)) {
                skip(SkipReason.of(known.get(mailbox)));
            } else if (!seen.add(mailbox)) {
                skip(SkipReason.ALREADY_WAITING);
            } else {
                left.add(link);
            }
        }
        return left;
    }

    private List<StoredLink> eligible(List<StoredLink> links) {
        Map<String, Answer> answers = links.isEmpty()
                ? Map.of()
                : eligibility.read(
                        session,
                        run.realmId(),
                        links.stream().map(StoredLink::userId).toList(),
                        settings.required());
        List<StoredLink> left = new ArrayList<>();
        for (StoredLink link : links) {
            switch (answers.get(link.userId())) {
                case ELIGIBLE -> left.add(link);
                case INELIGIBLE -> skip(SkipReason.NOT_ELIGIBLE);
                case UNKNOWN -> {
                    // Of a user from a directory this much is known: no administrator has disabled the user.
                    if (settings.required().equals(Requirements.NONE)) {
                        left.add(link);
                    } else {
                        skip(SkipReason.ELIGIBILITY_UNKNOWN);
                    }
                }
            }
        }
        return left;
    }

    private void look(StoredLink link, String text) {
        StoredResponse response =
                StoredResponse.read(settings.broker(), settings.provider(), settings.mapper(), link.subject(), text);
        if (response.problem().isPresent()) {
            skip(SkipReason.of(response.problem().get()));
            return;
        }
        counts = counts.plus(BackfillCounts.QUEUED);
        if (!run.isDryRun()) {
            Mailbox mailbox = mailbox(link);
            GrantEntity row = GrantEntity.backfilled(mailbox, link.userId(), now);
            Transitions.backfill(row, response.seal(session, mailbox, now), response.identity(), now);
            Ledger.of(session).save(row, settings.provider());
        }
    }

    private Mailbox mailbox(StoredLink link) {
        return new Mailbox(run.realmId(), run.alias(), link.subject());
    }
}
