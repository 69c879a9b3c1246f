package io.github.keycloaknylas.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Heap;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.WebhookCalls;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookRequest;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many forged, oversized and compressed bodies change no row, and none of them stays in memory. */
@DistributionOnly("it measures a process")
@FullBuildOnly("it measures")
class HostileNotificationsIT {

    private static final int ROUNDS = 100;
    private static final int MOST_MEGABYTES_MORE = 20;

    private final DistributionServer server = (DistributionServer) PostgresEnvironment.keycloak();
    private final OurTables tables = PostgresEnvironment.TABLES;
    private final TestConnection connection = FaultEnvironment.connection();
    private final WebhookCalls calls = new WebhookCalls(server, "master", "connection=" + connection.name());
    private Webhook webhook;

    @BeforeEach
    void register() {
        assertThat(calls.register().status()).isEqualTo(200);
        webhook = connection.application().webhooks().all().get(0);
    }

    @AfterEach
    void remove() {
        calls.remove();
    }

    @Test
    void hostileBodiesAreRefusedAndForgotten() {
        URI url = webhook.settings().url();
        WebhookRequest forged = WebhookRequest.post(url, "{}".getBytes(UTF_8)).signedWith(new Secret("wrong"));
        WebhookRequest oversized = WebhookRequest.post(url, new byte[3_000_000]).signedWith(webhook.secret());
        WebhookRequest bomb =
                WebhookRequest.post(url, new byte[50_000_000]).compressed().signedWith(webhook.secret());
        List.of(forged, oversized, bomb).forEach(HostileNotificationsIT::status);
        long rows = tables.count("NYLAS_NOTICE");
        long before = Heap.usedMegabytes(server);

        List<Integer> statuses = IntStream.range(0, ROUNDS)
                .parallel()
                .boxed()
                .flatMap(round -> List.of(forged, oversized, bomb).stream().map(HostileNotificationsIT::status))
                .distinct()
                .sorted()
                .toList();

        long after = Heap.usedMegabytes(server);
        Figures.write(
                "hostile-notifications.txt",
                List.of(
                        "%d forged, %d of 3 MB, %d of 50 MB compressed, answered %s: heap %d MB before, %d MB after, %d notices stored"
                                .formatted(
                                        ROUNDS,
                                        ROUNDS,
                                        ROUNDS,
                                        statuses,
                                        before,
                                        after,
                                        tables.count("NYLAS_NOTICE") - rows)));
        assertThat(statuses).containsExactly(401, 413);
        assertThat(tables.count("NYLAS_NOTICE")).isEqualTo(rows);
        assertThat(after - before).isLessThan(MOST_MEGABYTES_MORE);
    }

    private static int status(WebhookRequest request) {
        return TestEnvironment.NYLAS.notifications().send(request).status();
    }
}
