package io.github.keycloaknylas.delivery;

import java.util.Set;

/**
 * Where the ledger differs from a listing of an application's grants.
 *
 * @param compared how many mailboxes show a grant of the application
 * @param listed how many grants Nylas listed
 * @param lost IDs of grants that are invalid, missing or another mailbox's at Nylas
 * @param restored IDs of grants that are valid again
 * @param unknown how many listed grants no mailbox of this server has
 */
record Differences(int compared, int listed, Set<String> lost, Set<String> restored, int unknown) {

    /** Losses that are never too many, so that a small application needs no confirmation for single ones. */
    static final int FEW = 10;

    private static final double PERCENT = 100;

    /**
     * Returns whether more was lost at once than is likely to be true.
     *
     * @param percent of the compared mailboxes that may be lost
     */
    boolean isAlarming(int percent) {
        boolean emptied = listed == 0 && compared > 1;
        return emptied || lost.size() > FEW && lost.size() > compared * percent / PERCENT;
    }
}
