package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Worklist;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node that died was about to do, another one does later. */
@OnEveryDatabase
class SweepTest {

    private final Workshop shop;
    private final Sweep sweep;

    SweepTest(Engine engine) {
        shop = new Workshop(engine);
        sweep = from("");
    }

    private Sweep from(String id) {
        return new Sweep(shop.jobs, new Links(shop.jobs, shop.clock), shop.clock, id);
    }

    private void step() {
        sweep.step();
        shop.clock.forward(Sweep.INTERVAL);
    }

    /** Rows of accounts whose unlinking nobody was told of: nothing is to be taken back, so they are removed. */
    private void forgotten(int rows) {
        shop.jobs.run(session -> IntStream.range(0, rows)
                .forEach(i -> Ledger.of(session).create(Workshop.mailbox("gone-" + i), "gone-" + i)));
    }

    private int rows() {
        return shop.jobs.call(session -> Worklist.of(session).idsAfter("", 1000).size());
    }

    @Test
    void anUnlinkThatNobodyWasToldOfIsFound() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");

        step();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aUserWhoseRemovalNobodyWasToldOfIsFound() {
        shop.connected("ada", "grant-1");
        shop.keycloak.removeUser(Workshop.REALM, "ada");

        step();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
    }

    @Test
    void aNewLinkThatNobodyWasToldOfIsFound() {
        shop.connected("ada", "grant-1");
        shop.leaving("ada");

        step();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void linksThatStandAreLeftAlone() {
        shop.connected("ada", "grant-1");
        shop.person("eve");
        shop.waiting("eve", "token");

        step();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::grant).map(ConnectedGrant::grantId))
                .contains("grant-1");
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();
        assertThat(shop.read("eve", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aStepIsShortAndTheNextOneComesAMinuteLater() {
        forgotten(Sweep.BATCH + 10);
        int before = rows();

        sweep.step();
        assertThat(rows()).isEqualTo(before - Sweep.BATCH);
        sweep.step();
        assertThat(rows()).isEqualTo(before - Sweep.BATCH);

        shop.clock.forward(Sweep.INTERVAL);
        sweep.step();
        assertThat(rows()).isZero();
    }

    @Test
    void itGoesOnWhereItWasAndBeginsAgainAtTheEnd() {
        List<String> people =
                IntStream.range(0, Sweep.BATCH + 5).mapToObj(i -> "person-" + i).toList();
        for (String name : people) {
            shop.person(name);
        }
        shop.jobs.run(session -> people.forEach(name -> Ledger.of(session).create(Workshop.mailbox(name), name)));
        step();
        step();
        assertThat(rows()).isEqualTo(people.size());

        people.forEach(shop::unlink);
        step();
        step();

        assertThat(rows()).isZero();
    }

    @Test
    void whereverItBeginsItComesToEveryRow() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        Sweep behindAllRows = from("g");

        behindAllRows.step();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        shop.clock.forward(Sweep.INTERVAL);
        behindAllRows.step();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
    }

    @Test
    void aUserStoreThatIsDownChangesNothing() {
        shop.connected("ada", "grant-1");
        shop.userStoreIsDown();

        assertThatCode(this::step).doesNotThrowAnyException();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void grantsOutliveTheirRealmAndProvider() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);

        step();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }
}
