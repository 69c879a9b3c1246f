package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever waits for a mailbox is found by hashes of its id and addresses. */
@OnEveryDatabase
class IdentitiesTest extends LedgerTestBase {

    IdentitiesTest(Engine engine) {
        super(engine);
    }

    private String indexed(ExpectedIdentity identity, Consumer<GrantEntity> change) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.create(mailbox("ada"), "ada", NOW);
            Transitions.merge(row, token(10), identity, "ada", 10);
            ledger.save(row, new Microsoft());
            change.accept(row);
            return row.id();
        });
    }

    private boolean isWanted(String providerUserId, String email) {
        Set<String> hashes = ExpectedIdentity.hashes(providerUserId, email, new Microsoft());
        return inTransaction(ledger -> ledger.isWanted(hashes, NOW));
    }

    private void signsInAs(String id, ExpectedIdentity identity) {
        inTransaction(ledger -> {
            GrantEntity row = ledger.byId(id).orElseThrow();
            Transitions.merge(row, token(20), identity, "ada", 20);
            ledger.save(row, new Microsoft());
            return null;
        });
    }

    @ParameterizedTest(name = "id {0}, address {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "oid-ada, -, true",
                "OID-ADA, -, true",
                "-, ada@example.com, true",
                "-, ADA@Example.com, true",
                "-, a.lovelace@example.com, true",
                "-, ada@login.example.com, true",
                "oid-eve, ada@example.com, true",
                "oid-eve, eve@example.com, false",
                "ada@example.com, -, false",
                "-, oid-ada, false",
                "-, -, false"
            })
    void aTokenThatWaitsIsFoundByItsIdAndByEachAddress(String providerUserId, String email, boolean found) {
        indexed(
                new ExpectedIdentity(
                        "oid-ada", null, "ada@example.com", "a.lovelace@example.com", "ada@login.example.com"),
                row -> {});

        assertThat(isWanted(providerUserId, email)).isEqualTo(found);
    }

    @Test
    void aRowWithoutATokenWantsNothing() {
        indexed(ADA, row -> Transitions.connected(row, grant("grant-1"), 10, NOW));

        assertThat(isWanted("oid-ada", null)).isFalse();
    }

    @Test
    void aCallInProgressWantsItsMailboxUntilTheLeaseIsOver() {
        String id = indexed(ADA, row -> {
            row.handover.leaseToken = "lease";
            row.handover.leaseUntil = NOW + 1;
            Transitions.unlinkedInFlight(row);
        });
        assertThat(isWanted("oid-ada", null)).isTrue();

        change(id, row -> row.handover.leaseUntil = NOW);

        assertThat(isWanted("oid-ada", null)).isFalse();
    }

    @Test
    void aNewIdentityReplacesWhatTheRowWasFoundBy() {
        String id = indexed(ADA, row -> {});

        signsInAs(id, new ExpectedIdentity("oid-eve", null, "ada@example.com", null, null));

        assertThat(isWanted("oid-ada", null)).isFalse();
        assertThat(isWanted("oid-eve", null)).isTrue();
        assertThat(isWanted(null, "ada@example.com")).isTrue();
    }

    @Test
    void aTokenInAStateOfANewerVersionIsWantedToo() {
        String id = indexed(ADA, row -> {});

        inState(id, "PARKED");

        assertThat(isWanted("oid-ada", null)).isTrue();
    }

    @Test
    void aRemovedRowLeavesNothingBehind() {
        String id = indexed(ADA, row -> {});

        inTransaction(ledger -> {
            ledger.remove(ledger.byId(id).orElseThrow());
            return null;
        });

        assertThat(this.<Long>query(em -> em.createQuery("select count(i) from IdentityEntity i", Long.class)
                        .getSingleResult()))
                .isZero();
    }

    @Test
    void twoPeopleWhoShareAnAddressAreBothFoundByIt() {
        indexed(ADA, row -> {});
        inTransaction(ledger -> {
            GrantEntity row = ledger.create(mailbox("twin"), "twin", NOW);
            Transitions.merge(row, token(10), ADA, "twin", 10);
            ledger.save(row, new Microsoft());
            return null;
        });

        assertThat(isWanted(null, "ada@example.com")).isTrue();
    }
}
