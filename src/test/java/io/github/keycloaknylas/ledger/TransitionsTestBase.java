package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

/** One row, and ways to bring it where a test begins. */
abstract class TransitionsTestBase {

    static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);
    static final LastFailure REFUSED = LastFailure.of("sign_in_again", 50);

    final GrantEntity row = new GrantEntity(new Mailbox("realm", "microsoft", "subject"), "ada");

    static SealedToken token(long capturedAt) {
        return new SealedToken("sealed-" + capturedAt, "server:default", capturedAt);
    }

    static ConnectedGrant grant(String id) {
        return new ConnectedGrant(id, "ada@example.com", "oid-ada", "Mail.Read", "default", "print", "option:k", 40L);
    }

    static ConnectedGrant foreign() {
        return new ConnectedGrant("grant-x", "eve@example.com", "oid-eve", "", "default", "print", "k", 40L);
    }

    void merged(long capturedAt) {
        Transitions.merge(row, token(capturedAt), ADA, "ada", capturedAt + 1);
    }

    void connected() {
        merged(10);
        Transitions.connected(row, grant("grant-1"), 10, 40);
        row.projection.done("ada", "nylas_grant_id", "grant-1");
    }

    /** Brings the row into a state as it comes about. */
    void in(GrantState state) {
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
                Transitions.held(row, grant("grant-1"), Transitions.OTHER_MAILBOX, 10, 40);
            }
            case LEAVING -> {
                connected();
                Departures.leaving(row, 60);
            }
        }
        assertThat(row.state()).contains(state);
    }
}
