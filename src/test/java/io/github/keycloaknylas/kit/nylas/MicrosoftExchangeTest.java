package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.WebServer;
import io.github.keycloaknylas.testkit.nylas.ExchangeRequest;
import io.github.keycloaknylas.testkit.nylas.ExchangeResult;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import io.github.keycloaknylas.testkit.nylas.MicrosoftExchange;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicrosoftExchangeTest {

    private static final ExchangeRequest REQUEST = new ExchangeRequest(
            new OAuthClient("the client", "s&cret"),
            "contoso",
            new Secret("0.token"),
            List.of("Mail.Read", "User.Read"));

    private WebServer microsoft;
    private volatile String received;
    private int tokenStatus = 200;
    private String token =
            "{\"access_token\":\"access\",\"refresh_token\":\"next\",\"scope\":\"openid Mail.Read\",\"expires_in\":1}";
    private int meStatus = 200;
    private String me = "{\"id\":\"oid\",\"mail\":\"ada@contoso.example\",\"displayName\":\"Ada\","
            + "\"userPrincipalName\":\"a.lovelace@contoso.example\"}";

    @BeforeEach
    void start() throws IOException {
        microsoft = WebServer.plain("microsoft", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        microsoft.start(this::answer);
    }

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void a_refresh_is_sent_as_a_form() {
        exchange();

        assertThat(received)
                .isEqualTo("grant_type=refresh_token&client_id=the+client&client_secret=s%26cret"
                        + "&refresh_token=0.token&scope=Mail.Read+User.Read");
    }

    @Test
    void the_mailbox_comes_from_graph_and_the_scopes_from_the_token() {
        assertThat(exchange())
                .isEqualTo(new Mailbox(
                        "ada@contoso.example", "oid", "Ada", List.of("openid", "Mail.Read", "offline_access")));
    }

    @Test
    void without_a_mail_the_principal_name_is_the_address() {
        me = "{\"id\":\"oid\",\"mail\":null,\"userPrincipalName\":\"a.lovelace@contoso.example\"}";

        assertThat(((Mailbox) exchange()).email()).isEqualTo("a.lovelace@contoso.example");
    }

    @Test
    void a_token_that_may_not_read_the_profile_gives_a_mailbox_without_address() {
        meStatus = 403;

        assertThat(((Mailbox) exchange()).email()).isNull();
    }

    @Test
    void a_refusal_keeps_microsofts_words() {
        tokenStatus = 401;
        token = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: no\"}";

        assertThat(exchange()).isEqualTo(new ExchangeResult.Refused("invalid_client", "AADSTS7000215: no"));
    }

    @Test
    void throttling_keeps_its_delay() {
        tokenStatus = 429;

        assertThat(exchange()).isEqualTo(new ExchangeResult.Throttled(Duration.ofSeconds(9)));
    }

    @Test
    void a_failing_microsoft_counts_as_unreachable() {
        tokenStatus = 500;

        assertThat(exchange()).isEqualTo(new ExchangeResult.Unreachable());
    }

    @Test
    void a_silent_microsoft_is_unreachable() {
        URI base = base();
        microsoft.close();

        assertThat(new MicrosoftExchange(base, base.resolve("/v1.0/me")).exchange(REQUEST))
                .isEqualTo(new ExchangeResult.Unreachable());
    }

    private ExchangeResult exchange() {
        return new MicrosoftExchange(base(), base().resolve("/v1.0/me")).exchange(REQUEST);
    }

    private URI base() {
        return URI.create("http://localhost:" + microsoft.address().getPort());
    }

    private Response answer(Request request) {
        if (request.path().equals("/contoso/oauth2/v2.0/token")) {
            received = request.body();
            return Response.of(tokenStatus, "application/json", token).with("Retry-After", "9");
        }
        boolean allowed = request.path().equals("/v1.0/me")
                && request.header("authorization").equals(Optional.of("Bearer access"));
        return allowed ? Response.of(meStatus, "application/json", me) : Response.empty(404);
    }
}
