package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.Transaction;
import java.util.List;
import java.util.Locale;

/**
 * The SQL of the workers for one handover: every transaction from the first look for captures on.
 *
 * @param transactions how many
 * @param all their statements; BEGIN and COMMIT not counted
 */
public record HandoverCost(int transactions, List<String> all) {

    public static HandoverCost of(List<Transaction> transactions) {
        List<Transaction> workers = transactions.stream()
                .dropWhile(transaction -> !isLookForCaptures(transaction))
                .toList();
        return new HandoverCost(
                workers.size(),
                workers.stream()
                        .flatMap(transaction -> transaction.statements().stream())
                        .toList());
    }

    /** The login inserts or updates its capture, and does not begin with it. */
    private static boolean isLookForCaptures(Transaction transaction) {
        return transaction.statements().stream()
                .findFirst()
                .filter(sql -> sql.toLowerCase(Locale.ROOT).matches("(?s)select .* from nylas_capture .*"))
                .isPresent();
    }

    public int statements() {
        return all.size();
    }
}
