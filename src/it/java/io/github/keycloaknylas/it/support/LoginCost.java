package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL of one browser request. What the workers do meanwhile is told apart by transaction: theirs begin with our
 * tables, and of a login's only those that look up the grant status, insert or mark touch them at all.
 *
 * @param all every statement but the workers', BEGIN and COMMIT not counted
 * @param ours those of them that name our tables, as {@code INSERT nylas_capture}
 */
public record LoginCost(int all, List<String> ours) {

    private static final Pattern STATEMENT =
            Pattern.compile("^\\s*(select|insert|update|delete).*?(nylas_capture|nylas_grant)", Pattern.DOTALL);

    public static LoginCost of(List<Transaction> transactions) {
        List<String> statements = transactions.stream()
                .filter(transaction -> !isWorkers(transaction))
                .flatMap(transaction -> transaction.statements().stream())
                .toList();
        return new LoginCost(
                statements.size(),
                statements.stream()
                        .map(sql -> STATEMENT.matcher(sql.toLowerCase(Locale.ROOT)))
                        .filter(Matcher::find)
                        .map(found -> found.group(1).toUpperCase(Locale.ROOT) + " " + found.group(2))
                        .toList());
    }

    private static boolean isWorkers(Transaction transaction) {
        return !transaction.statements().isEmpty()
                && transaction.statements().get(0).toLowerCase(Locale.ROOT).contains("nylas_");
    }
}
