package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.Transaction;
import java.util.List;

/**
 * The SQL of the workers for one handover: every transaction that ended after that of the login.
 *
 * @param transactions how many
 * @param all their statements; BEGIN and COMMIT not counted
 */
public record HandoverCost(int transactions, List<String> all) {

    public static HandoverCost of(List<Transaction> transactions) {
        Transaction login = transactions.stream()
                .filter(transaction -> transaction.mentions("insert into nylas_capture"))
                .findFirst()
                .orElseThrow();
        List<Transaction> workers = transactions.subList(transactions.indexOf(login) + 1, transactions.size());
        return new HandoverCost(
                workers.size(),
                workers.stream()
                        .flatMap(transaction -> transaction.statements().stream())
                        .toList());
    }

    public int statements() {
        return all.size();
    }
}
