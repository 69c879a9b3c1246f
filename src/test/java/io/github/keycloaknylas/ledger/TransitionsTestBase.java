package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.ExpectedIdentity;

/** One row, and ways to bring it to where a test begins. */
abstract class TransitionsTestBase {

    static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);
    static final LastFailure REFUSED = LastFailure.of("sign_in_again", 50);

    final GrantEntity row = new GrantEntity(new Mailbox("realm", "microsoft", "subject"), "ada", 1);

    static SealedToken token(long capturedAt) {
        return new SealedToken("sealed-" + capturedAt, "server:default", capturedAt);
    }

    static ConnectedGrant grant(String id) {
        return new ConnectedGrant(id, "ada@example.com", "oid-ada", "Mail.Read", connection(), 40L);
    }

    static ConnectedGrant foreign() {
        return new ConnectedGrant("grant-x", "eve@example.com", "oid-eve", "", connection(), 40L);
    }

    static GrantConnection connection() {
        return new GrantConnection("https://api.us.nylas.com", "application-1", null, "default", "option:k");
    }

    final void merged(long capturedAt) {
        Transitions.merge(row, token(capturedAt), ADA, "ada", capturedAt + 1);
    }

    /** Leased as the ledger does it, by one statement in the database. */
    final void leased(long until) {
        row.handover.leaseToken = "lease";
        row.handover.leaseUntil = until;
        row.handover.nextAt = until;
    }

    final void connected() {
        merged(10);
        Transitions.connected(row, grant("grant-1"), 10, 40);
        row.attribute.done("ada", "nylas_grant_id", "grant-1");
    }

    /** Brings the row into a state the way it comes about. */
    final void in(GrantState state) {
        switch (state) {
            case ABSENT -> merged(10);
            case CONNECTED -> connected();
            case RECONNECT -> {
                connected();
                merged(20);
                Transitions.refused(row, REFUSED, 20, 50);
            }
            case HELD -> {
                merged(10);
                Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 10, 40);
            }
        }
        assertThat(row.state()).contains(state);
    }
}
