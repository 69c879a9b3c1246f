package io.github.keycloaknylas.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTest {

    @Test
    void statementsOfSeveralConnectionsAreToldApart() {
        String log = """
                2026-11-23 22:48:41.189 UTC,1,keycloak,LOG:  execute S_1: BEGIN
                2026-11-23 22:48:41.190 UTC,2,keycloak,LOG:  execute <unnamed>: BEGIN
                2026-11-23 22:48:41.191 UTC,1,keycloak,LOG:  execute <unnamed>: select a
                \tfrom b
                2026-11-23 22:48:41.192 UTC,2,keycloak,LOG:  execute <unnamed>: insert into c
                2026-11-23 22:48:41.193 UTC,3,keycloak,LOG:  statement: select alone
                2026-11-23 22:48:41.194 UTC,2,keycloak,LOG:  execute S_1: COMMIT
                2026-11-23 22:48:41.195 UTC,1,keycloak,LOG:  execute S_1: ROLLBACK
                """;

        List<Transaction> transactions = Transaction.all(log, "keycloak");

        assertThat(transactions)
                .containsExactly(
                        new Transaction(Instant.parse("2026-11-23T22:48:41.193Z"), List.of("select alone")),
                        new Transaction(Instant.parse("2026-11-23T22:48:41.194Z"), List.of("insert into c")),
                        new Transaction(Instant.parse("2026-11-23T22:48:41.195Z"), List.of("select a\nfrom b")));
        assertThat(transactions.get(1).mentions("INTO C")).isTrue();
    }

    @Test
    void whatOtherDatabasesExecuteIsLeftOut() {
        String log = """
                2026-11-23 22:48:41.189 UTC,1,keycloak,LOG:  execute S_1: BEGIN
                2026-11-23 22:48:41.190 UTC,2,another,LOG:  execute S_1: BEGIN
                2026-11-23 22:48:41.191 UTC,2,another,LOG:  execute <unnamed>: insert into a
                2026-11-23 22:48:41.192 UTC,1,keycloak,LOG:  execute <unnamed>: insert into b
                2026-11-23 22:48:41.193 UTC,2,another,LOG:  execute S_1: COMMIT
                2026-11-23 22:48:41.194 UTC,1,keycloak,LOG:  execute S_1: COMMIT
                """;

        assertThat(Transaction.all(log, "keycloak"))
                .containsExactly(new Transaction(Instant.parse("2026-11-23T22:48:41.194Z"), List.of("insert into b")));
    }
}
