package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Evidence is inserted, read in order and removed. */
@OnEveryDatabase
class EvidenceTest {

    private static final Mailbox MAILBOX = new Mailbox("realm", "microsoft", "subject");

    private final TestDatabase database;

    EvidenceTest(Engine engine) {
        database = TestDatabase.empty(engine);
    }

    private <T> T ask(Function<EntityManager, T> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            T result = work.apply(em);
            em.getTransaction().commit();
            return result;
        }
    }

    private void run(Consumer<EntityManager> work) {
        ask(em -> {
            work.accept(em);
            return null;
        });
    }

    private void insert(EvidenceEntity... rows) {
        run(em -> new Evidence(em).insert(List.of(rows)));
    }

    private EvidenceEntity read(EvidenceEntity row) {
        return ask(em -> new Evidence(em).find(row.id())).orElseThrow();
    }

    @Test
    void aRowIsReadAsItWasWritten() {
        Mailbox odd = new Mailbox("realm", "ali\u0000as", "sub\uD800ject");
        EvidenceEntity row = EvidenceEntity.linkRenamed(odd, "ada", "n\u00e9w", 7);

        insert(row);

        EvidenceEntity found = read(row);
        assertThat(found.type()).contains(EvidenceType.LINK_RENAMED);
        assertThat(found.createdAt()).isEqualTo(7);
        assertThat(found.userId()).isEqualTo("ada");
        assertThat(new Mailbox(found.realmId(), found.alias(), found.subject())).isEqualTo(odd);
        assertThat(found.newAlias()).isEqualTo("n\u00e9w");
    }

    @Test
    void eachTypeHasWhatItNeeds() {
        EvidenceEntity removed = EvidenceEntity.linkRemoved(MAILBOX, "ada", 1);
        EvidenceEntity confirmed = EvidenceEntity.confirmed(MAILBOX, "ada", 2);
        EvidenceEntity user = EvidenceEntity.userRemoved("realm", "ada", 3);

        insert(removed, confirmed, user);

        assertThat(read(removed).type()).contains(EvidenceType.LINK_REMOVED);
        assertThat(read(confirmed).type()).contains(EvidenceType.CONFIRMED);
        assertThat(read(user).type()).contains(EvidenceType.USER_REMOVED);
        assertThat(read(user).alias()).isNull();
        assertThat(read(user).subject()).isNull();
        assertThat(read(removed).newAlias()).isNull();
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfTime() {
        EvidenceEntity second = EvidenceEntity.userRemoved("realm", "second", 2);
        EvidenceEntity first = EvidenceEntity.userRemoved("realm", "first", 1);
        EvidenceEntity alsoSecond = EvidenceEntity.userRemoved("realm", "also-second", 2);
        insert(second, first, alsoSecond);

        List<Evidence.Cursor> page = ask(em -> new Evidence(em).after(Evidence.Cursor.START, 2));
        List<Evidence.Cursor> rest = ask(em -> new Evidence(em).after(page.get(1), 2));

        assertThat(page).hasSize(2).first().isEqualTo(new Evidence.Cursor(1, first.id()));
        assertThat(rest).hasSize(1);
        assertThat(List.of(page.get(1).id(), rest.get(0).id()))
                .isSorted()
                .containsExactlyInAnyOrder(second.id(), alsoSecond.id());
    }

    @Test
    void aRowIsRemovedOnce() {
        EvidenceEntity row = EvidenceEntity.userRemoved("realm", "ada", 1);
        insert(row);

        boolean first = ask(em -> new Evidence(em).remove(row));
        boolean second = ask(em -> new Evidence(em).remove(row));
        List<Evidence.Cursor> left = ask(em -> new Evidence(em).after(Evidence.Cursor.START, 9));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(left).isEmpty();
    }

    @Test
    void aTypeOfANewerVersionIsNoneOfOurs() {
        EvidenceEntity row = EvidenceEntity.userRemoved("realm", "ada", 1);
        insert(row);
        run(em -> em.createNativeQuery("update NYLAS_EVIDENCE set EVIDENCE_TYPE = 'SOMETHING_NEW'")
                .executeUpdate());

        assertThat(read(row).type()).isEmpty();
    }

    @Test
    void whatIsLongerThanItsColumnIsToldBeforeTheInsert() {
        String longest = "s".repeat(2000);
        String escaped = "\u00e9".repeat(334);

        assertThat(EvidenceEntity.linkRemoved(new Mailbox("realm", "a", longest), "u".repeat(255), 1)
                        .fits())
                .isTrue();
        assertThat(EvidenceEntity.linkRemoved(new Mailbox("realm", "a", longest + "s"), "ada", 1)
                        .fits())
                .isFalse();
        assertThat(EvidenceEntity.linkRemoved(new Mailbox("realm", "a", escaped), "ada", 1)
                        .fits())
                .isFalse();
        assertThat(EvidenceEntity.linkRenamed(MAILBOX, "ada", escaped, 1).fits())
                .isFalse();
        assertThat(EvidenceEntity.userRemoved("realm", "u".repeat(256), 1).fits())
                .isFalse();
        assertThat(EvidenceEntity.userRemoved("realm", null, 1).fits()).isFalse();
    }
}
