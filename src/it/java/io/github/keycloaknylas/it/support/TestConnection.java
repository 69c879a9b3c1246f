package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A server-side connection with a Nylas application of its own, so that faults of one meet no other connection. */
public record TestConnection(String name, String apiKey, NylasApplication application) {

    public static final OAuthClient CLIENT = new OAuthClient(App.DEFAULT.clientId(), App.DEFAULT.clientSecret());

    public static TestConnection named(String name) {
        String key = "nyk_v0_key-of-" + name;
        TestConnection connection = new TestConnection(
                name, key, TestEnvironment.NYLAS.application(name).apiKey(key));
        connection.presents(CLIENT);
        return connection;
    }

    /** The connector's Entra application, from now on. */
    public void presents(OAuthClient client) {
        application.connector(client, "common", "User.Read", "Mail.Read", "Calendars.Read");
    }

    /** Makes it known to a server, on its command line. */
    public ServerOptions.Builder addTo(ServerOptions.Builder options) {
        return options.spi("nylas-connection", name, "api-key", apiKey)
                .spi(
                        "nylas-connection",
                        name,
                        "api-url",
                        TestEnvironment.NYLAS.uri().toString());
    }

    public Map<String, String> mapper() {
        return Map.of("connection", name);
    }

    public Predicate<RecordedRequest> requests() {
        return request -> request.apiKey().value().equals(apiKey);
    }

    /** Every call with its key. */
    public List<RecordedRequest> calls() {
        return TestEnvironment.NYLAS.requests().all(requests());
    }

    /** Without the one that asks for the application of the key. */
    public Predicate<RecordedRequest> handovers() {
        return requests().and(Handovers.all());
    }

    public List<RecordedRequest> journal() {
        return TestEnvironment.NYLAS.requests().all(handovers());
    }

    public Optional<Grant> grantOf(Account account) {
        return application.grants().stream()
                .filter(grant -> account.mail().equalsIgnoreCase(grant.email()))
                .findFirst();
    }
}
