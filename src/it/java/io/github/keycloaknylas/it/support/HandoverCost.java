package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The SQL of the workers for one handover. Statements by which a worker looks whether anything is due, and those of the
 * upkeep, are left out: how many there are depends on how many workers are awake, on what else waits, and on time.
 *
 * @param transactions how many
 * @param all their statements; BEGIN and COMMIT not counted
 */
public record HandoverCost(int transactions, List<String> all) {

    private static final Pattern LOOK = Pattern.compile(
            "select min\\(.*|select .* from nylas_(capture|evidence|deletion|notice|backfill) .* order by .*"
                    + "|select \\w+\\.id from nylas_grant .* order by .*|select .* from nylas_connection .*",
            Pattern.DOTALL);
    private static final Pattern UPKEEP = Pattern.compile(
            "delete from nylas_(capture|deletion|notice) .*<.*|update nylas_capture .* where [^=]*completed_at<.*"
                    + "|insert into nylas_connection .*|select .* from nylas_history .*|.* nylas_node .*"
                    + "|select count\\(\\*\\) from nylas_deletion .*",
            Pattern.DOTALL);

    public static HandoverCost of(List<Transaction> transactions) {
        List<Transaction> workers = transactions.stream()
                .filter(HandoverCost::isWorkers)
                .filter(transaction -> !transaction.statements().stream().allMatch(HandoverCost::isLook))
                .toList();
        return new HandoverCost(
                workers.size(),
                workers.stream()
                        .flatMap(transaction -> transaction.statements().stream())
                        .filter(sql -> !isLook(sql))
                        .toList());
    }

    public int statements() {
        return all.size();
    }

    /** The login's transactions do not begin with tables of the extension. */
    private static boolean isWorkers(Transaction transaction) {
        return !transaction.statements().isEmpty()
                && lower(transaction.statements().get(0)).contains("nylas_");
    }

    private static boolean isLook(String sql) {
        return LOOK.matcher(lower(sql)).matches() || UPKEEP.matcher(lower(sql)).matches();
    }

    private static String lower(String sql) {
        return sql.toLowerCase(Locale.ROOT);
    }
}
