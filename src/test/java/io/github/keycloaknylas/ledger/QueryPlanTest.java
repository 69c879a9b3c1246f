package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No query of the workers scans a table, however long the tables are. {@code -Dplan.rows=1000000} measures it with a
 * million mailboxes.
 */
class QueryPlanTest {

    private static final int ROWS = Integer.getInteger("plan.rows", 20_000);
    private static final long NOW = 1_000_000_000L;
    private static final String HASH = "0".repeat(64);

    private TestDatabase database;

    @AfterAll
    static void empty() {
        TestDatabase.empty(Engine.POSTGRESQL);
        TestDatabase.empty(Engine.MARIADB);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void everyQueryUsesAnIndex(Engine engine) {
        database = TestDatabase.empty(engine);
        LargeTables.fill(database, engine, ROWS, NOW);
        ScanCount scans = ScanCount.of(engine);
        List<String> found = new ArrayList<>();
        List<String> times = new ArrayList<>();

        queries().forEach((name, query) -> {
            try (EntityManager em = database.entityManager()) {
                em.getTransaction().begin();
                long before = scans.read(em);
                long start = System.nanoTime();
                query.accept(em);
                times.add(name + " " + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) + " us");
                long scanned = scans.read(em) - before;
                em.getTransaction().rollback();
                if (scanned > scans.allowed()) {
                    found.add(name + " (" + scanned + ")");
                }
            }
        });

        assertThat(found)
                .as("queries that scan, on %s with %d rows; %s", engine, ROWS, times)
                .isEmpty();
    }

    private static Map<String, Consumer<EntityManager>> queries() {
        Mailbox mailbox = new Mailbox("realm", "alias", "subject");
        Map<String, Consumer<EntityManager>> queries = new LinkedHashMap<>();
        queries.put("grant status", em -> new LedgerView(em).grantStatus(mailbox));
        queries.put("find", em -> new Ledger(em).find(mailbox));
        queries.put("byIds", em -> new Ledger(em).byIds(List.of("1", "2")));
        queries.put("ofUser", em -> new Ledger(em).ofUser("realm", "user"));
        queries.put("shownTo", em -> new LedgerView(em).shownTo("realm", "user"));
        queries.put("isShown", em -> new Ledger(em).isShown(HASH));
        queries.put("isWanted", em -> new Ledger(em).isWanted(Set.of(HASH, "1"), NOW));
        queries.put("countConnected", em -> new MailboxCounts(em).countConnected(LargeTables.PROVIDER));
        queries.put("countGrants", em -> new MailboxCounts(em).countGrants(LargeTables.PROVIDER));
        queries.put(
                "countFirstHandovers",
                em -> new MailboxCounts(em)
                        .countFirstHandovers(new GrantEntity(LargeTables.PROVIDER, "user", NOW), NOW));
        queries.put("answersWithIds", em -> new Ledger(em).answersWithIds(LargeTables.PROVIDER, new Microsoft()));
        queries.put("countLinksGone", em -> new MailboxCounts(em).countLinksGone());
        queries.put(
                "leased row, hold and deletion",
                em -> new Ledger(em).leased(LargeTables.id(30), "token", LedgerTestBase.grant("grant-1")));
        queries.put("lanes of due rows", em -> new DueRows(em).laneAfter(DueRows.FIRST));
        queries.put(
                "due rows",
                em -> assertThat(new DueRows(em).dueIn(LargeTables.lane(3), NOW, 3))
                        .hasSize(3));
        queries.put(
                "due rows of the backfill",
                em -> assertThat(new DueRows(em).lastIn(LargeTables.lane(2), NOW, 3))
                        .hasSize(3));
        queries.put("known mailboxes", em -> new KnownMailboxes(em).among(List.of(mailbox)));
        queries.put("waiting of the backfill", em -> new BackfilledMailboxes(em).countWaiting("realm", "alias"));
        queries.put("outcomes of the backfill", em -> new BackfilledMailboxes(em).outcomes("realm", "alias"));
        queries.put("lease", em -> new DueRows(em).lease(LargeTables.id(30), NOW, NOW + 1));
        queries.put(
                "attributes due",
                em -> assertThat(new DueRows(em).attributesDue(NOW, 50)).hasSize(50));
        queries.put("lease of an attribute", em -> new DueRows(em).leaseAttribute(LargeTables.id(30), NOW, NOW + 1));
        queries.put("outlived tokens", em -> new DueRows(em).tokensOlderThan(1_000, 100));
        queries.put(
                "sweep",
                em -> assertThat(new DueRows(em).idsAfter(LargeTables.id(ROWS / 2), 50))
                        .hasSize(50));
        queries.put("lanes of deletions", em -> new Deletions(em).laneAfter(DueRows.FIRST));
        queries.put(
                "due deletions",
                em -> assertThat(new Deletions(em).dueIn(LargeTables.lane(3), NOW, 3))
                        .hasSize(3));
        queries.put("lease of a deletion", em -> new Deletions(em).lease(LargeTables.id(30), NOW, NOW + 1));
        queries.put("deletions of a day", em -> new Deletions(em).countDue(LargeTables.PROVIDER, NOW - 10, NOW));
        queries.put("deletions that are done", em -> new Deletions(em).removeDone(1));
        queries.put(
                "marked captures",
                em -> assertThat(new Captures(em).marked(Captures.Cursor.START, 50))
                        .hasSize(50));
        queries.put(
                "newest captures",
                em -> assertThat(new Captures(em).newestMarked(50)).hasSize(50));
        queries.put("abandoned captures", em -> new Captures(em).removeAbandoned(1));
        queries.put("marked captures that are too old", em -> new Captures(em).eraseMarkedBefore(1));
        queries.put(
                "evidence",
                em -> assertThat(new Evidence(em).after(Evidence.Cursor.START, 50))
                        .hasSize(50));
        queries.put("applications with grants", em -> new ConnectionGrants(em).connectionAfter(DueRows.FIRST));
        queries.put(
                "grants of an application",
                em -> assertThat(new ConnectionGrants(em).after(LargeTables.lane(3), LargeTables.holding(ROWS / 2), 50))
                        .hasSize(50));
        queries.put(
                "some grants of an application",
                em -> assertThat(new ConnectionGrants(em).someOf(LargeTables.lane(3), 20))
                        .hasSize(20));
        queries.put(
                "grants of an earlier version",
                em -> assertThat(new ConnectionGrants(em).adopt(10)).isEqualTo(10));
        queries.put("grants being deleted", em -> new ConnectionGrants(em).beingDeleted(List.of(HASH, "1")));
        queries.put("mailboxes that show a grant", em -> new ReportedGrants(em).showing(HASH));
        listsOfAdministrators(queries);
        NoticedGrant grant = new NoticedGrant("url", "application", "grant");
        queries.put(
                "due notices", em -> assertThat(new Notices(em).nextDue(NOW)).isPresent());
        queries.put("lease of notices", em -> new Notices(em).lease(grant, NOW, NOW + 1));
        queries.put("many notices", em -> new Notices(em).isAboutMoreThan(10, grant));
        queries.put("settled notices", em -> new Notices(em).done(grant, "token", NOW));
        queries.put("old notices", em -> new Notices(em).removeReceivedBefore(1));
        queries.put(
                "mailboxes in the state of most",
                em -> assertThat(new LedgerCounts(em).mailboxes(GrantState.CONNECTED, LargeTables.id(100), 1000))
                        .hasSize(1000));
        queries.put(
                "mailboxes in a rare state",
                em -> assertThat(new LedgerCounts(em).mailboxes(GrantState.HELD, DueRows.FIRST, 1000))
                        .isEmpty());
        queries.put(
                "count of deletions",
                em -> assertThat(new LedgerCounts(em).deletions()).isEqualTo(ROWS / 10));
        queries.put(
                "oldest token",
                em -> assertThat(new LedgerCounts(em).oldestToken()).contains(5010L));
        queries.put(
                "history of a mailbox",
                em -> assertThat(new History(em).ofMailbox(LargeTables.lane(3), new HistoryEntry.Cursor(NOW, "~"), 50))
                        .hasSize(50));
        queries.put(
                "history of a user",
                em -> new History(em).ofUser("realm", "user", new HistoryEntry.Cursor(NOW, "~"), 50));
        queries.put(
                "history of a renamed mailbox",
                em -> new History(em).renamed(LargeTables.PROVIDER, LargeTables.PROVIDER));
        queries.put(
                "old history",
                em -> assertThat(new History(em).removeBefore(11, 500)).isEqualTo(10));
        queries.put("links gone of a realm", em -> realm(em).linksGone());
        queries.put("deletions to confirm", em -> realm(em).deletionsToConfirm());
        queries.put(
                "some connected mailboxes",
                em -> assertThat(realm(em).connected("alias", 50)).hasSize(50));
        queries.put(
                "tokens that have waited longest",
                em -> assertThat(realm(em).waitingLongest(50)).hasSize(50));
        return queries;
    }

    // Counts of all mailboxes of a realm, by state or as a whole, read an index from one end to the other.
    private static void listsOfAdministrators(Map<String, Consumer<EntityManager>> queries) {
        GrantFilter connected = filter(Optional.of(GrantState.CONNECTED), Optional.empty());
        GrantFilter address = filter(Optional.empty(), Optional.of("user" + ROWS / 2));
        GrantLists.Position middle = new GrantLists.Position("0", LargeTables.id(ROWS / 2));
        queries.put(
                "page of grants",
                em -> assertThat(new GrantLists(em).after(filter(Optional.empty(), Optional.empty()), middle, 50))
                        .hasSize(50));
        queries.put(
                "page of grants of a status",
                em -> assertThat(new GrantLists(em).after(connected, middle, 50))
                        .hasSize(50));
        queries.put(
                "page of grants by address",
                em -> assertThat(new GrantLists(em).after(address, GrantLists.Position.START, 50))
                        .isNotEmpty());
        queries.put("count of grants by address", em -> new GrantLists(em).count(address));
        queries.put(
                "lost links",
                em -> assertThat(new GrantLists(em).linksGone("realm", 1, DueRows.FIRST, 10))
                        .hasSize(10));
        queries.put(
                "page of deletions",
                em -> assertThat(new DeletionList(em).after("realm", DueRows.FIRST, 50))
                        .hasSize(50));
        queries.put("grants that are held", em -> new ConnectionGrants(em).held(List.of(HASH, "1")));
    }

    private static GrantFilter filter(Optional<GrantState> state, Optional<String> address) {
        return new GrantFilter("realm", state, Optional.empty(), Optional.empty(), address);
    }

    private static RealmRows realm(EntityManager em) {
        return new RealmRows(em, "realm");
    }
}
