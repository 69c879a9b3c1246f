package io.github.keycloaknylas.ledger;

/**
 * How many mailboxes that the backfill has found are in which state.
 *
 * @param connected with a grant that works
 * @param waiting whose token waits
 * @param reconnect whose token was refused or whose grant has expired, so that the user has to sign in again
 * @param held whose grant is held back
 */
public record BackfillOutcomes(long connected, long waiting, long reconnect, long held) {

    /** No mailbox at all. */
    public static final BackfillOutcomes NONE = new BackfillOutcomes(0, 0, 0, 0);

    static BackfillOutcomes of(String state, String handover, long count) {
        if (HandoverState.DUE.name().equals(handover)) {
            return new BackfillOutcomes(0, count, 0, 0);
        }
        return GrantState.of(state)
                .map(known -> switch (known) {
                    case CONNECTED -> new BackfillOutcomes(count, 0, 0, 0);
                    case RECONNECT -> new BackfillOutcomes(0, 0, count, 0);
                    case HELD -> new BackfillOutcomes(0, 0, 0, count);
                    case ABSENT -> NONE;
                })
                .orElse(NONE);
    }

    BackfillOutcomes plus(BackfillOutcomes other) {
        return new BackfillOutcomes(
                connected + other.connected, waiting + other.waiting, reconnect + other.reconnect, held + other.held);
    }
}
