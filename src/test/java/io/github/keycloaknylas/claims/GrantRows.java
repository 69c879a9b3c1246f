package io.github.keycloaknylas.claims;

import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import jakarta.persistence.EntityManager;

/** Ledger rows in every state that matters to tokens. */
final class GrantRows {

    private GrantRows() {}

    static GrantEntity absent(String alias) {
        return new Ledger(mock(EntityManager.class)).create(new Mailbox("r", alias, "s"), "u");
    }

    static GrantEntity connected(String alias, String grantId, String email) {
        GrantEntity row = absent(alias);
        Transitions.connected(row, grant(grantId, email), 1, 1);
        return row;
    }

    static GrantEntity reconnect(String alias, String grantId) {
        GrantEntity row = connected(alias, grantId, "ada@example.com");
        Transitions.refused(row, LastFailure.of("x", 2), 2, 2);
        return row;
    }

    static GrantEntity held(String alias) {
        GrantEntity row = absent(alias);
        Transitions.held(row, grant("g-held", "eve@example.com"), Transitions.OTHER_MAILBOX, 1, 1);
        return row;
    }

    static GrantEntity leaving(String alias) {
        GrantEntity row = connected(alias, "g-leaving", "ada@example.com");
        Departures.leaving(row, 2);
        return row;
    }

    private static ConnectedGrant grant(String id, String email) {
        return new ConnectedGrant(id, email, null, "Mail.Read", "default", "f", "option:x", 1L);
    }
}
