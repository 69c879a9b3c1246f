package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.links.AccountLinks;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The links of a few mailboxes of one realm, read together. */
final class LinkAnswers {

    private final Map<AccountLinks.Link, AccountLinks.Answer> answers;

    private LinkAnswers(Map<AccountLinks.Link, AccountLinks.Answer> answers) {
        this.answers = answers;
    }

    static LinkAnswers read(AccountLinks links, KeycloakSession session, List<GrantEntity> rows) {
        List<AccountLinks.Link> asked =
                rows.stream().map(LinkAnswers::link).distinct().toList();
        return new LinkAnswers(links.read(session, rows.get(0).mailbox().realmId(), asked));
    }

    boolean isLinked(GrantEntity row) {
        AccountLinks.Answer answer = answers.get(link(row));
        return answer.status() == AccountLinks.Status.LINKED
                && row.mailbox().subject().equals(answer.subject());
    }

    boolean isKnown(GrantEntity row) {
        return answers.get(link(row)).status() != AccountLinks.Status.UNKNOWN;
    }

    private static AccountLinks.Link link(GrantEntity row) {
        return new AccountLinks.Link(row.userId(), row.mailbox().alias());
    }
}
