package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.ConnectionSettings;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyLimiterTest {

    private static final ConnectionSettings US = connection("default", "https://api.us.nylas.com");
    private static final ConnectionSettings EU = connection("eu", "https://api.eu.nylas.com");

    private final Deque<ConcurrencyLimiter.Slot> slots = new ArrayDeque<>();

    private static ConnectionSettings connection(String name, String url) {
        return new ConnectionSettings(name, URI.create(url), "option:key", Optional.empty(), Optional.empty());
    }

    private static ConnectionSettings ofRealm(String realm) {
        return connection("realm:" + realm + "/microsoft", "https://" + realm + ".example.com");
    }

    private int fill(ConcurrencyLimiter limiter, ConnectionSettings connection) {
        int taken = 0;
        while (limiter.mayEnter(connection)) {
            slots.push(limiter.tryEnter(connection).orElseThrow());
            taken++;
        }
        assertThat(limiter.tryEnter(connection)).isEmpty();
        return taken;
    }

    @ParameterizedTest(name = "{0} workers: {1} alone, {2} with another, {3} of a realm, {4} of all realms")
    @CsvSource({"1, 1, 1, 1, 1", "2, 2, 1, 1, 1", "4, 3, 2, 1, 2", "16, 12, 8, 4, 8", "32, 24, 16, 8, 16"})
    void eachUrlTakesItsShare(int workers, int alone, int withAnother, int ofRealm, int ofRealms) {
        assertThat(fill(new ConcurrencyLimiter(workers), US)).isEqualTo(alone);

        ConcurrencyLimiter two = new ConcurrencyLimiter(workers);
        two.tryEnter(EU).orElseThrow();
        assertThat(fill(two, US)).isEqualTo(withAnother);

        ConcurrencyLimiter own = new ConcurrencyLimiter(workers);
        int first = fill(own, ofRealm("a"));
        assertThat(first).isEqualTo(ofRealm);
        assertThat(first + fill(own, ofRealm("b")) + fill(own, ofRealm("c"))).isEqualTo(ofRealms);
    }

    @Test
    void aSingleUrlReachesTheDefaultRateAtASecondPerCall() {
        assertThat(fill(new ConcurrencyLimiter(16), US)).isGreaterThan(10);
    }

    @Test
    void aUrlThatHangsLeavesSlotsToAnother() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        int hanging = fill(limiter, US);

        assertThat(fill(limiter, EU)).isGreaterThanOrEqualTo(16 - hanging);
    }

    @Test
    void aRealmsUrlThatHangsDoesNotLowerTheShareOfTheServers() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        fill(limiter, ofRealm("hostile"));

        assertThat(fill(limiter, US)).isEqualTo(12);
    }

    @Test
    void manyRealmsUrlsThatHangLeaveHalfToTheServers() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        int hanging = 0;
        for (int i = 0; i < 100; i++) {
            hanging += fill(limiter, ofRealm("hostile-" + i));
        }

        assertThat(hanging).isEqualTo(8);
        assertThat(fill(limiter, US)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void theSameUrlSuppliedByARealmTakesNothingFromTheServers() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        ConnectionSettings servers = connection("proxy", "https://nylas.example.com");
        fill(limiter, connection("realm:a/microsoft", "https://nylas.example.com"));

        assertThat(fill(limiter, servers)).isEqualTo(12);
    }

    @Test
    void aRealmsOwnApplicationAtNylasItselfIsNoForeignUrl() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);

        assertThat(fill(limiter, connection("realm:a/microsoft", "https://api.us.nylas.com")))
                .isEqualTo(12);
    }

    @Test
    void aClosedSlotIsFreeAgainOnce() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        fill(limiter, US);
        ConcurrencyLimiter.Slot slot = slots.pop();

        slot.close();
        slot.close();

        assertThat(fill(limiter, US)).isEqualTo(1);
    }

    @Test
    void theOthersEndGivesTheFullShareBack() {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(16);
        ConcurrencyLimiter.Slot other = limiter.tryEnter(EU).orElseThrow();
        fill(limiter, US);

        other.close();

        assertThat(fill(limiter, US)).isEqualTo(4);
    }
}
