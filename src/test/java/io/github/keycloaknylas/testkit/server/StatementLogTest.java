package io.github.keycloaknylas.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementLogTest {

    @Test
    void statementsAreFoundAmongOtherLines() {
        String log = """
                2026-11-23 22:48:41.189 UTC [5290] LOG:  received fast shutdown request
                2026-11-23 22:48:41.190 UTC [17] LOG:  statement: BEGIN
                2026-11-23 22:48:41.191 UTC [17] LOG:  execute <unnamed>: select a
                \tfrom b
                2026-11-23 22:48:41.191 UTC [17] DETAIL:  Parameters: $1 = 'x'
                2026-11-23 22:48:41.192 UTC [17] LOG:  execute S_1: COMMIT
                """;

        assertThat(StatementLog.statements(log)).containsExactly("BEGIN", "select a\nfrom b", "COMMIT");
    }
}
