package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SQL of {@code docs/delivery.md} and {@code docs/troubleshooting.md} runs, and does what the pages say. */
@OnEveryDatabase
class DocumentedConfirmationTest {

    private static final Pattern SQL = Pattern.compile("(?ms)^(?:(\\w+):\n\n)?```sql\n(.*?);\n```");
    private static final Mailbox MAILBOX = new Mailbox("realm", "microsoft", "\u00c1da");
    private static final long LONG_AGO = 1;

    private final TestDatabase database;
    private final String dialect;

    DocumentedConfirmationTest(Engine engine) {
        database = TestDatabase.empty(engine);
        dialect = engine == Engine.MARIADB ? "MariaDB" : "PostgreSQL";
    }

    @Test
    void everyListRuns() throws IOException {
        for (String page : List.of("delivery.md", "troubleshooting.md")) {
            for (String list : statements(page, "SELECT")) {
                List<?> rows = ask(em -> em.createNativeQuery(list).getResultList());
                assertThat(rows).isEmpty();
            }
        }
    }

    @Test
    void aLinkThatIsGoneIsConfirmedByEvidence() throws IOException {
        String rowId = ask(em -> {
            GrantEntity row = new Ledger(em).create(MAILBOX, "ada", LONG_AGO);
            Transitions.linkSeen(row, false, LONG_AGO);
            return row.id();
        });

        int inserted = change("INSERT");

        assertThat(inserted).isEqualTo(1);
        EvidenceEntity evidence = ask(em -> new Evidence(em).find(rowId)).orElseThrow();
        assertThat(evidence.type()).contains(EvidenceType.CONFIRMED);
        assertThat(new Mailbox(evidence.realmId(), evidence.alias(), evidence.subject()))
                .isEqualTo(MAILBOX);
        assertThat(evidence.userId()).isEqualTo("ada");
        assertThat(evidence.createdAt())
                .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis() + 600_000);
    }

    @Test
    void aConfirmedDeletionIsDueAtOnceUnlessItsGraceRuns() throws IOException {
        long inAnHour = System.currentTimeMillis() + 3_600_000;
        String due = queued("grant-1", LONG_AGO);
        String later = queued("grant-2", inAnHour);
        ask(em -> {
            new Deletions(em).find(due).orElseThrow().postpone(LastFailure.of("confirmation", LONG_AGO), inAnHour);
            return null;
        });

        int confirmed = change("UPDATE NYLAS_DELETION");

        assertThat(confirmed).isEqualTo(2);
        assertThat(deletion(due).isConfirmed()).isTrue();
        assertThat(deletion(due).nextAttemptAt()).contains(0L);
        assertThat(deletion(later).isConfirmed()).isTrue();
        assertThat(deletion(later).nextAttemptAt()).contains(inAnHour);
    }

    @Test
    void confirmedDifferencesAreAppliedByAPassThatIsDueAtOnce() throws IOException {
        GrantConnection alarmed = application("application-1");
        GrantConnection quiet = application("application-2");
        ask(em -> {
            List.of(alarmed, quiet).forEach(connection -> new ConnectionRows(em).add(connection, LONG_AGO + 1));
            new ConnectionRows(em).find(alarmed.hash()).orElseThrow().alarmed(LONG_AGO + 2, LONG_AGO);
            return null;
        });

        int confirmed = change("UPDATE NYLAS_CONNECTION\nSET CONFIRMED_AT");

        assertThat(confirmed).isEqualTo(1);
        assertThat(connection(alarmed).isConfirmed()).isTrue();
        assertThat(connection(alarmed).nextAt()).isZero();
        assertThat(connection(quiet).nextAt()).isEqualTo(LONG_AGO + 1);
    }

    @Test
    void anApplicationIsReconciledAtOnce() throws IOException {
        GrantConnection application = application("application-1");
        ask(em -> {
            new ConnectionRows(em).add(application, LONG_AGO + 1);
            return null;
        });

        change("UPDATE NYLAS_CONNECTION\nSET NEXT_AT");

        assertThat(connection(application).nextAt()).isZero();
    }

    private static GrantConnection application(String id) {
        return new GrantConnection("https://api.us.nylas.com", id, null, "default", "option");
    }

    private ConnectionEntity connection(GrantConnection connection) {
        return ask(em -> new ConnectionRows(em).find(connection.hash())).orElseThrow();
    }

    private String queued(String grantId, long dueAt) {
        return ask(em -> {
            GrantEntity row =
                    new Ledger(em).find(MAILBOX).orElseGet(() -> new Ledger(em).create(MAILBOX, "ada", LONG_AGO));
            ConnectedGrant grant = new ConnectedGrant(
                    grantId,
                    null,
                    null,
                    "Mail.Read",
                    new GrantConnection("https://api.us.nylas.com", "application", null, "default", "option"),
                    LONG_AGO);
            new Deletions(em).queue(row, grant, DeletionReason.UNLINKED, dueAt, LONG_AGO);
            return grant.hash();
        });
    }

    private DeletionEntity deletion(String grantHash) {
        return ask(em -> new Deletions(em).find(grantHash)).orElseThrow();
    }

    private int change(String verb) throws IOException {
        List<String> found = statements("delivery.md", verb);
        assertThat(found).hasSize(1);
        String sql = found.get(0)
                .replace("<realm id>", MAILBOX.realmId())
                .replace("<alias>", MAILBOX.alias())
                .replace("<application id>", "application-1");
        return ask(em -> em.createNativeQuery(sql).executeUpdate());
    }

    /** What a page has for this database, or for every one. */
    private List<String> statements(String page, String verb) throws IOException {
        List<String> found = SQL.matcher(Files.readString(Path.of("docs", page)))
                .results()
                .filter(block -> block.group(2).startsWith(verb))
                .filter(block -> block.group(1) == null || dialect.equals(block.group(1)))
                .map(block -> block.group(2))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private <T> T ask(Function<EntityManager, T> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            T result = work.apply(em);
            em.getTransaction().commit();
            return result;
        }
    }
}
