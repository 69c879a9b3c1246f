package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.Mailbox;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalCounterTest {

    private final RefusalCounter watch = new RefusalCounter();

    @ParameterizedTest(name = "{0} refused, {1} accepted: {2}")
    @CsvSource({"1,0,false", "4,0,false", "5,0,true", "5,4,true", "5,5,false", "3,2,true", "2,3,false", "0,9,false"})
    void mostAreRefusedWhenMoreThanHalfOfAtLeastFiveAre(int refused, int accepted, boolean most) {
        IntStream.range(0, refused).forEach(i -> watch.refused(DeliveryFixture.mailbox("refused-" + i)));
        IntStream.range(0, accepted).forEach(i -> watch.accepted(DeliveryFixture.mailbox("accepted-" + i)));

        assertThat(watch.areMost(DeliveryFixture.mailbox("anybody"))).isEqualTo(most);
    }

    @Test
    void everyProviderIsCountedForItself() {
        IntStream.range(0, 5).forEach(i -> watch.refused(DeliveryFixture.mailbox("refused-" + i)));

        assertThat(watch.areMost(new Mailbox(DeliveryFixture.REALM, "other", "x")))
                .isFalse();
        assertThat(watch.areMost(new Mailbox("other", DeliveryFixture.ALIAS, "x")))
                .isFalse();
    }
}
