package io.github.keycloaknylas.kit.nylas;

import io.github.keycloaknylas.testkit.nylas.ExchangeRequest;
import io.github.keycloaknylas.testkit.nylas.FakeNylas;
import io.github.keycloaknylas.testkit.nylas.KnownTokens;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What most tests of this package begin with: a server, an application with a connector, a client, two mailboxes. */
final class NylasFixture implements AutoCloseable {

    static final OAuthClient CLIENT = new OAuthClient("keycloak-client", "keycloak-secret");

    static final Mailbox ADA =
            new Mailbox("Ada@contoso.example", "ada-oid", "Ada", List.of("https://graph.microsoft.com/Mail.Read"));
    static final Mailbox BEN = new Mailbox("ben@contoso.example", "ben-oid", "Ben", List.of("Mail.Read"));

    final ManualClock clock = new ManualClock();
    final KnownTokens tokens = new KnownTokens().know("ada-token", ADA).know("ben-token", BEN);
    final List<ExchangeRequest> exchanges = Collections.synchronizedList(new ArrayList<>());
    final FakeNylas nylas = FakeNylas.builder()
            .clock(clock)
            .exchange(request -> {
                exchanges.add(request);
                return tokens.exchange(request);
            })
            .start();
    final NylasApplication application =
            nylas.application("shop").apiKey("shop-key").connector(CLIENT, "common", "Mail.Read");
    final ApiClient client = new ApiClient(nylas.uri(), "shop-key", "application/json");

    @Override
    public void close() {
        nylas.close();
    }
}
