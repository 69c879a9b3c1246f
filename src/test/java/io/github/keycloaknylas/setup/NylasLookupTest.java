package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.Test;

/** However many connections a realm has, a check ends. */
class NylasLookupTest {

    @Test
    void afterHalfAMinuteNoFurtherCallBegins() throws IOException {
        try (FakeNylas fake = new FakeNylas();
                CloseableHttpClient http = HttpClients.createDefault();
                NylasClient client = new NylasClient(http, Duration.ofSeconds(20))) {
            AtomicLong clock = new AtomicLong();
            NylasLookup lookup = new NylasLookup(client, clock::get);

            clock.addAndGet(Duration.ofSeconds(30).toNanos());
            assertThat(lookup.application(key(fake, "a"))).isInstanceOf(CallResult.Done.class);
            clock.addAndGet(1);

            assertThat(lookup.application(key(fake, "b")))
                    .isInstanceOfSatisfying(
                            CallResult.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.TEMPORARY));
            assertThat(lookup.application(key(fake, "a"))).isInstanceOf(CallResult.Done.class);
            assertThat(fake.asked).hasSize(1);
        }
    }

    private static ApiKey key(FakeNylas fake, String secret) {
        return new ApiKey(URI.create(fake.url()), secret);
    }
}
