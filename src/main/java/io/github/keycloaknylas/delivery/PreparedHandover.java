package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import java.util.Set;

/**
 * A leased row with everything that the call needs, since the database is not used during the call.
 *
 * @param row the lease
 * @param signIn whose mailbox it is
 * @param connection to call
 * @param token what is handed over
 * @param failed calls that failed so far
 * @param mapper what the settings of the mapper say
 */
record PreparedHandover(
        LeasedRow row, SignIn signIn, Connection connection, Token token, FailedCalls failed, Mapper mapper) {

    /**
     * The sign-in that supplied the token.
     *
     * @param mailbox that was signed in to
     * @param provider that the mailbox is at
     * @param realmName for messages
     * @param userId for messages
     * @param identity who signed in
     */
    record SignIn(Mailbox mailbox, MailProvider provider, String realmName, String userId, ExpectedIdentity identity) {}

    /**
     * The refresh token.
     *
     * @param text the token in clear text, for the duration of the call
     * @param capturedAt distinguishes this token from a newer one that is captured meanwhile
     */
    record Token(String text, long capturedAt) {

        @Override
        public String toString() {
            return "Token[captured at " + capturedAt + "]";
        }
    }

    /**
     * Calls that failed in a row.
     *
     * @param attempts temporary failures
     * @param refusals calls that were refused for this mailbox alone
     */
    record FailedCalls(int attempts, int refusals) {}

    /**
     * The settings of the mapper that apply after the call.
     *
     * @param requiredScopes for the warning where Nylas grants less
     * @param attribute name of the attribute that shows the grant ID
     */
    record Mapper(Set<String> requiredScopes, String attribute) {}

    @Override
    public String toString() {
        return "PreparedHandover[row " + row.rowId() + ", realm " + signIn.realmName() + ", user " + signIn.userId()
                + "]";
    }
}
