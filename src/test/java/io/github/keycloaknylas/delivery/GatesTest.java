package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.ledger.Blocked;
import io.github.keycloaknylas.ledger.Mailbox;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {

    private static final Mailbox ADA = Workshop.mailbox("ada");

    private final HandClock clock = new HandClock();
    private final Gates gates = new Gates(clock, new Backoff(() -> 0.5));
    private final Connection connection = connection("default", null, "key");

    private static Connection connection(String name, String credential, String key) {
        return new Connection(
                new Endpoint(
                        name,
                        URI.create("https://" + name + ".example.com"),
                        "option:key",
                        Optional.empty(),
                        Optional.ofNullable(credential)),
                key);
    }

    private void troubled(int times) {
        IntStream.range(0, times).forEach(i -> gates.troubled(connection, ADA));
    }

    @Test
    void atFirstEverythingIsOpen() {
        assertThat(gates.permits(connection)).isTrue();
        assertThat(gates.blocked()).isEqualTo(Blocked.NOTHING);
    }

    @Test
    void aFewTroublesAreNoOutage() {
        troubled(4);

        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void fiveTroublesInARowCloseTheConnectionForAShortWhile() {
        troubled(5);

        assertThat(gates.permits(connection)).isFalse();
        assertThat(gates.permits(connection("other", null, "key"))).isTrue();
        clock.forward(Duration.ofSeconds(1));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        troubled(4);
        gates.succeeded(connection);
        troubled(4);

        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void theFirstTroubleAfterAnOutageClosesAgainAndForLonger() {
        troubled(5);
        clock.forward(Duration.ofSeconds(1));

        troubled(1);

        assertThat(gates.permits(connection)).isFalse();
        clock.forward(Duration.ofSeconds(4));
        assertThat(gates.permits(connection)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void callsThatWereUnderWayWhenItClosedDoNotMakeAShortOutageLong() {
        troubled(5 + 31);

        clock.forward(Duration.ofSeconds(1));

        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void aRefusedKeyClosesItsConnectionForWhateverCredential() {
        gates.refusedConnection(connection, ADA);

        assertThat(gates.permits(connection)).isFalse();
        assertThat(gates.permits(connection("default", "another credential", "key")))
                .isFalse();
        assertThat(gates.permits(connection("other", null, "key"))).isTrue();
        assertThat(gates.blocked()).isEqualTo(new Blocked(Set.of("default"), Set.of()));
    }

    @Test
    void aRefusedCredentialLeavesTheOthersOfTheConnectionOpen() {
        gates.refusedCredential(connection, ADA);

        assertThat(gates.permits(connection)).isFalse();
        assertThat(gates.permits(connection("default", "another credential", "key")))
                .isTrue();
        assertThat(gates.blocked())
                .isEqualTo(new Blocked(Set.of(), Set.of(connection.endpoint().fingerprint())));
    }

    @Test
    void whatAnAdministratorHasToMendIsTriedAgainSlowly() {
        gates.refusedConnection(connection, ADA);
        clock.forward(Duration.ofMinutes(1).minusMillis(1));
        assertThat(gates.permits(connection)).isFalse();

        clock.forward(Duration.ofMillis(1));
        assertThat(gates.permits(connection)).isTrue();

        gates.refusedConnection(connection, ADA);
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        assertThat(gates.permits(connection)).isFalse();
    }

    @Test
    void aPauseThatNylasAskedForIsKept() {
        gates.pause(connection, Duration.ofSeconds(40));
        clock.forward(Duration.ofSeconds(39));
        assertThat(gates.permits(connection)).isFalse();

        clock.forward(Duration.ofSeconds(1));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void aShortPauseDoesNotOpenWhatIsClosedForLonger() {
        gates.refusedConnection(connection, ADA);

        gates.pause(connection, Duration.ofSeconds(1));
        clock.forward(Duration.ofSeconds(2));

        assertThat(gates.permits(connection)).isFalse();
    }

    @Test
    void aSuccessOpensConnectionAndCredential() {
        gates.refusedConnection(connection, ADA);
        gates.refusedCredential(connection, ADA);

        gates.succeeded(connection);

        assertThat(gates.permits(connection)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "credential"})
    void changedSettingsOpenAGateAtOnceAndUnchangedOnesDoNot(String kind) {
        if (kind.equals("connection")) {
            gates.refusedConnection(connection, ADA);
        } else {
            gates.refusedCredential(connection, ADA);
        }

        gates.reconsider(gate -> connection.version());
        assertThat(gates.permits(connection)).isFalse();

        gates.reconsider(gate -> connection("default", null, "another key").version());
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void bothKindsOfGatesAreReconsidered() {
        gates.refusedConnection(connection, ADA);
        gates.refusedCredential(connection, ADA);

        gates.reconsider(gate -> "changed");

        assertThat(gates.blocked()).isEqualTo(Blocked.NOTHING);
    }

    @Test
    void settingsAreLookedUpWhereTheTroubleWasMet() {
        gates.refusedConnection(connection, ADA);

        gates.reconsider(gate -> {
            assertThat(gate.realmId()).isEqualTo(Workshop.REALM);
            assertThat(gate.alias()).isEqualTo(Workshop.ALIAS);
            return gate.version();
        });
    }

    @Test
    void changedSettingsEndAnOutageThatTheyMayHaveMadeButNoPause() {
        troubled(5);
        gates.pause(connection("paused", null, "key"), Duration.ofHours(1));

        gates.reconsider(gate -> "changed");

        assertThat(gates.permits(connection)).isTrue();
        assertThat(gates.permits(connection("paused", null, "key"))).isFalse();
    }
}
