package io.github.keycloaknylas.ledger;

import java.util.Optional;

/**
 * A mailbox as administrators see it. Contains no token. Times are milliseconds since the epoch.
 *
 * @param id primary key of the row
 * @param mailbox whose grant it is
 * @param userId user who signed in to it last
 * @param state state of the grant; empty if a newer version of the extension wrote one that is unknown to this version
 * @param stateAt since when
 * @param expiredAt when the grant stopped working, or null
 * @param linkGoneAt since when the link has been missing without an event, or null
 * @param grant the grant that Nylas returned last, or null
 * @param waiting whether a token waits to be handed over
 * @param nextAttemptAt when, or null
 * @param attempts number of temporary failures in a row
 * @param failure why the last attempt failed, or null
 * @param addressKey position in a list of addresses, or null
 */
public record ListedGrant(
        String id,
        Mailbox mailbox,
        String userId,
        Optional<GrantState> state,
        long stateAt,
        Long expiredAt,
        Long linkGoneAt,
        ConnectedGrant grant,
        boolean waiting,
        Long nextAttemptAt,
        int attempts,
        LastFailure failure,
        String addressKey) {

    /** What is selected, in the order of {@link #of}. */
    static final String COLUMNS = "g.id, g.mailbox, g.userId, g.state, g.stateAt, g.expiredAt, g.linkGoneAt, g.grant,"
            + " g.handover.state, g.handover.nextAt, g.handover.attempts, g.failure, g.addressKey";

    static ListedGrant of(Object[] row) {
        return new ListedGrant(
                (String) row[0],
                (Mailbox) row[1],
                (String) row[2],
                GrantState.of((String) row[3]),
                (Long) row[4],
                (Long) row[5],
                (Long) row[6],
                (ConnectedGrant) row[7],
                HandoverState.DUE.name().equals(row[8]),
                (Long) row[9],
                (Integer) row[10],
                (LastFailure) row[11],
                (String) row[12]);
    }
}
