package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an unlink costs, from its evidence to the DELETE request, does not depend on how many tokens wait.
 * {@code -Dunlink.waiting=95000} makes figures worth quoting.
 */
@ExtendWith(FreshOptions.class)
class UnlinkCostTest {

    private static final int WAITING = Integer.getInteger("unlink.waiting", 5_000);
    private static final int UNLINKS = 15;
    private static final long MOST_ROWS = 40;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final DeliveryFixture fixture = new DeliveryFixture(Engine.POSTGRESQL);
    private final TestDatabase database = TestDatabase.opened(Engine.POSTGRESQL);

    @Test
    void anUnlinkReadsFewRowsHoweverManyTokensWait() {
        for (int i = 0; i < UNLINKS; i++) {
            fixture.person("person-" + i);
            fixture.connected("person-" + i, "grant-" + i);
        }
        tokensWait();
        List<Long> rows = new ArrayList<>();
        List<Long> micros = new ArrayList<>();

        for (int i = 0; i < UNLINKS; i++) {
            String person = "person-" + i;
            long begin = THREADS.getCurrentThreadCpuTime();
            rows.add(database.rowsRead(() -> unlinkAndDelete(person)));
            micros.add(TimeUnit.NANOSECONDS.toMicros(THREADS.getCurrentThreadCpuTime() - begin));
            assertThat(fixture.exists(person)).isFalse();
            assertThat(fixture.deletion("grant-" + i, DeletionEntity::isDone)).contains(true);
        }

        System.out.printf(
                "%d tokens wait, %d unlinks: rows read %s, CPU of the worker in us %s%n",
                WAITING, UNLINKS, rows, micros);
        assertThat(rows).as("rows read by each unlink").allMatch(read -> read < MOST_ROWS);
    }

    private void unlinkAndDelete(String person) {
        fixture.unlinked(person);
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
        fixture.clock.forward(DeliveryFixture.GRACE);
        assertThat(fixture.delete()).isTrue();
    }

    /** Of the same realm and provider, each with the hashes of an object ID and an address. */
    private void tokensWait() {
        String provider = Digests.sha256(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        Rows.sql(fixture, em -> {
            em.createNativeQuery("insert into NYLAS_GRANT (ID, ROW_VERSION, KEY_HASH, ORIGIN, REALM_ID, ALIAS, SUBJECT,"
                            + " PROVIDER_HASH, USER_ID, USER_HASH, GRANT_STATE, STATE_AT, HANDOVER_STATE, SEALED_TOKEN,"
                            + " SEAL_KEY_ID, TOKEN_AT, LANE, PRIORITY, NEXT_AT, ATTEMPTS, REFUSALS, ATTRIBUTE_DUE,"
                            + " ATTRIBUTE_ATTEMPTS) select lpad(i::text, 36, '0'), 0, lpad(i::text, 64, '0'),"
                            + " 'SIGN_IN', '"
                            + DeliveryFixture.REALM + "', '" + DeliveryFixture.ALIAS + "', 'waiting-' || i, '"
                            + provider
                            + "', 'waiting-' || i, lpad(i::text, 64, 'u'), 'ABSENT', 1, 'DUE', 'sealed',"
                            + " 'server:default', "
                            + fixture.now() + ", lpad('1', 64, '0'), 0, 0, 0, 0, false, 0 from generate_series(1, "
                            + WAITING
                            + ") as n(i)")
                    .executeUpdate();
            em.createNativeQuery("insert into NYLAS_IDENTITY (IDENTITY_HASH, GRANT_ROW_ID) select lpad(i::text, 64, k),"
                            + " lpad(i::text, 36, '0') from generate_series(1, " + WAITING
                            + ") as n(i), (values ('a'), ('b')) as h(k)")
                    .executeUpdate();
        });
    }
}
