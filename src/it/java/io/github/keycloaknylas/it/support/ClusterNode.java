package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.signin.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;

/** One Keycloak of a cluster. */
public final class ClusterNode implements AutoCloseable {

    private final DistributionServer server;
    private final String apiKey;

    private ClusterNode(DistributionServer server, String apiKey) {
        this.server = server;
        this.apiKey = apiKey;
    }

    public static ClusterNode start(ServerOptions options, String apiKey) {
        return new ClusterNode(DistributionServer.start(options), apiKey);
    }

    public DistributionServer server() {
        return server;
    }

    /** Calls that this node makes. */
    public Predicate<RecordedRequest> requests() {
        return request -> request.apiKey().value().equals(apiKey);
    }

    public Predicate<RecordedRequest> handovers() {
        return requests().and(Handovers.all());
    }

    public List<RecordedRequest> journal() {
        return TestEnvironment.NYLAS.requests().all(handovers());
    }

    /** Caches are shared from the moment on at which a node says how many it sees. */
    public void awaitSeeing(int nodes) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(server.log().lines().filter(line -> line.contains("cluster view")))
                        .last()
                        .asString()
                        .contains("(" + nodes + ") ["));
    }

    /** The load balancer sends the browser's next request here. */
    public UnaryOperator<Page> takesOverFrom(KeycloakServer other) {
        return page -> {
            String before = other.baseUrl().toString();
            String after = server.baseUrl().toString();
            URI uri = URI.create(page.uri().toString().replace(before, after));
            String html = page.html().outerHtml().replace(before, after);
            return new Page(page.browser(), uri, page.status(), Jsoup.parse(html, uri.toString()));
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
