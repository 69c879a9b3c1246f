package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantLists.Position;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What administrators see of the mailboxes of a realm. */
@OnEveryDatabase
class GrantListsTest extends LedgerTestBase {

    private static final Consumer<GrantEntity> EMPTY = row -> {};

    GrantListsTest(Engine engine) {
        super(engine);
    }

    private static GrantFilter all() {
        return new GrantFilter("realm", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static GrantFilter address(String prefix) {
        return new GrantFilter("realm", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(prefix));
    }

    private List<ListedGrant> list(GrantFilter filter) {
        return query(em -> new GrantLists(em).after(filter, Position.START, 100));
    }

    private long count(GrantFilter filter) {
        return query(em -> new GrantLists(em).count(filter));
    }

    private String withAddress(String subject, String email) {
        return row(subject, row -> {
            waiting(row, 5);
            ConnectedGrant grant = grant("grant-" + subject);
            Transitions.connected(
                    row, new ConnectedGrant(grant.grantId(), email, null, "Mail.Read", grant.connection(), 7L), 5, NOW);
        });
    }

    @Test
    void aMailboxIsListedWithItsGrantAndWithoutItsToken() {
        String id = row("ada", row -> connected(row, "grant-1"));

        ListedGrant listed = list(all()).get(0);

        assertThat(listed.id()).isEqualTo(id);
        assertThat(listed.mailbox()).isEqualTo(mailbox("ada"));
        assertThat(listed.userId()).isEqualTo("user-ada");
        assertThat(listed.state()).contains(GrantState.CONNECTED);
        assertThat(listed.grant().grantId()).isEqualTo("grant-1");
        assertThat(listed.waiting()).isFalse();
        assertThat(listed.toString()).doesNotContain("sealed");
    }

    @Test
    void aMailboxWhoseTokenWaitsSaysSo() {
        row("ada", row -> waiting(row, 5));

        assertThat(list(all())).singleElement().satisfies(row -> {
            assertThat(row.waiting()).isTrue();
            assertThat(row.grant()).isNull();
            assertThat(row.nextAttemptAt()).isEqualTo(5L);
        });
    }

    @Test
    void otherRealmsAreNotListed() {
        row(new Mailbox("other", "microsoft", "ada"), "ada", EMPTY);

        assertThat(list(all())).isEmpty();
        assertThat(count(all())).isZero();
    }

    @Test
    void aStateOfANewerVersionIsListedAsUnknown() {
        inState(row("ada", EMPTY), "PARKED");

        assertThat(list(all()))
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEmpty());
    }

    @Test
    void eachFilterKeepsWhatItNames() {
        String connected = row("ada", row -> connected(row, "grant-1"));
        String absent = row(new Mailbox("realm", "entra", "bob"), "bob", EMPTY);

        assertThat(ids(new GrantFilter(
                        "realm",
                        Optional.of(GrantState.CONNECTED),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactly(connected);
        assertThat(ids(new GrantFilter(
                        "realm", Optional.empty(), Optional.of("entra"), Optional.empty(), Optional.empty())))
                .containsExactly(absent);
        assertThat(ids(new GrantFilter(
                        "realm", Optional.empty(), Optional.empty(), Optional.of("user-ada"), Optional.empty())))
                .containsExactly(connected);
        assertThat(ids(new GrantFilter(
                        "realm",
                        Optional.of(GrantState.CONNECTED),
                        Optional.of("entra"),
                        Optional.empty(),
                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void anAddressIsFoundByItsBeginningWhateverItsCase() {
        String ada = withAddress("1", "Ada.Lovelace@Example.com");
        withAddress("2", "adam@example.com");
        String eve = withAddress("3", "\u00c9ve_x@example.com");

        assertThat(ids(address("ADA."))).containsExactly(ada);
        assertThat(ids(address("ada"))).hasSize(2);
        assertThat(ids(address("\u00e9ve_"))).containsExactly(eve);
        assertThat(ids(address("example"))).isEmpty();
        assertThat(ids(address("%"))).isEmpty();
        assertThat(count(address("ada"))).isEqualTo(2);
    }

    @Test
    void beforeThereIsAGrantTheAddressOfTheSignInIsFound() {
        String id = row("ada", row -> waiting(row, 5));

        assertThat(ids(address("ada@"))).containsExactly(id);
    }

    @Test
    void anAddressThatIsTooLongForTheIndexIsFoundByItsBeginning() {
        String id = withAddress("1", "a".repeat(300) + "@example.com");

        assertThat(ids(address("a".repeat(200)))).containsExactly(id);
    }

    @Test
    void pagesShowEachMailboxOnce() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rows.add(withAddress(Integer.toString(i), "ada" + (i % 2) + "@example.com"));
        }

        assertThat(pages(all(), 3)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(pages(address("ada"), 3)).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void lostLinksAreListedByTheTimeAtWhichTheyWereLost() {
        String second = row("ada", row -> Transitions.linkSeen(row, false, 20));
        String first = row("bob", row -> Transitions.linkSeen(row, false, 10));
        row("linked", EMPTY);
        row(new Mailbox("other", "microsoft", "x"), "x", row -> Transitions.linkSeen(row, false, 10));

        List<ListedGrant> page = query(em -> new GrantLists(em).linksGone("realm", 1, DueRows.FIRST, 1));
        ListedGrant last = page.get(0);
        List<ListedGrant> next = query(em -> new GrantLists(em).linksGone("realm", last.linkGoneAt(), last.id(), 10));

        assertThat(page).extracting(ListedGrant::id).containsExactly(first);
        assertThat(next).extracting(ListedGrant::id).containsExactly(second);
    }

    @Test
    void aMailboxIsFoundInItsOwnRealmOnly() {
        String id = row("ada", EMPTY);

        assertThat(this.<Optional<ListedGrant>>query(em -> new GrantLists(em).find("realm", id)))
                .isPresent();
        assertThat(this.<Optional<ListedGrant>>query(em -> new GrantLists(em).find("other", id)))
                .isEmpty();
    }

    private List<String> ids(GrantFilter filter) {
        return list(filter).stream().map(ListedGrant::id).toList();
    }

    private List<String> pages(GrantFilter filter, int size) {
        List<String> ids = new ArrayList<>();
        Position last = Position.START;
        List<ListedGrant> page;
        do {
            Position from = last;
            page = query(em -> new GrantLists(em).after(filter, from, size));
            page.forEach(row -> ids.add(row.id()));
            last = page.isEmpty()
                    ? last
                    : new Position(
                            page.get(page.size() - 1).addressKey(),
                            page.get(page.size() - 1).id());
        } while (page.size() == size);
        return ids;
    }
}
