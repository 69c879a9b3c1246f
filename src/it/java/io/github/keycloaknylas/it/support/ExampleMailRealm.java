package io.github.keycloaknylas.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.support.mail.ExampleMail;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.nylas.ExchangeRequest;
import io.github.keycloaknylas.testkit.nylas.ExchangeResult;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.TokenExchange;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestClient;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.server.TestUser;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/**
 * The sign-in pages of {@link ExampleMail}: a realm of the same server. Nylas redeems its tokens by refreshing them.
 */
public final class ExampleMailRealm implements TokenExchange, AutoCloseable {

    private static final OAuthClient CLIENT = new OAuthClient("test-app", "test-app-secret");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestRealm realm;

    private ExampleMailRealm(TestRealm realm) {
        this.realm = realm;
    }

    /**
     * @param alias of the identity provider in the other realm
     * @param at the realm whose users sign in here
     */
    public static ExampleMailRealm of(KeycloakServer server, String alias, TestRealm at) {
        URI redirect = URI.create(at.url() + "/broker/" + alias + "/endpoint");
        TestRealm realm = TestRealm.create(
                server, ExampleMail.HOST, new TestClient(CLIENT.clientId(), CLIENT.clientSecret(), redirect));
        ClientScopeRepresentation postbox = new ClientScopeRepresentation();
        postbox.setName(ExampleMail.POSTBOX);
        postbox.setProtocol("openid-connect");
        postbox.setAttributes(Map.of("include.in.token.scope", "true"));
        try (Response created = realm.admin().clientScopes().create(postbox)) {
            String client = realm.admin()
                    .clients()
                    .findByClientId(CLIENT.clientId())
                    .get(0)
                    .getId();
            realm.admin().clients().get(client).addOptionalClientScope(CreatedResponseUtil.getCreatedId(created));
        }
        return new ExampleMailRealm(realm);
    }

    public OAuthClient client() {
        return CLIENT;
    }

    public void addUser(TestUser user) {
        realm.addUser(user);
    }

    public IdentityProvider oidc(String alias) {
        return IdentityProvider.oidc(
                        alias,
                        new IdentityProvider.Endpoints(
                                realm.url(), at("auth"), at("token"), at("certs"), at("userinfo")),
                        CLIENT.clientId(),
                        CLIENT.clientSecret())
                .defaultScope("openid profile email " + ExampleMail.POSTBOX)
                .trustingEmail();
    }

    private URI at(String endpoint) {
        return URI.create(realm.url() + "/protocol/openid-connect/" + endpoint);
    }

    /** The mailbox has another address than the person, so that only the ID tells whose it is. */
    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        HttpResponse<String> response = refresh(request);
        JsonNode token = Json.read(response.body());
        if (response.statusCode() != 200) {
            return new ExchangeResult.Refused(token.path("error").asText(), "EX-100: refused");
        }
        String subject = claims(token.path("id_token").asText()).path("sub").asText();
        return new Mailbox(
                "postbox-" + subject + "@elsewhere.example",
                "PERSON-" + subject.toUpperCase(Locale.ROOT),
                null,
                List.of(token.path("scope").asText().split(" ")));
    }

    private HttpResponse<String> refresh(ExchangeRequest request) {
        Parameters form = new Parameters(Map.of(
                "grant_type", "refresh_token",
                "client_id", request.client().clientId(),
                "client_secret", request.client().clientSecret(),
                "refresh_token", request.refreshToken().value()));
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(at("token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form.encoded()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode claims(String jwt) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1])));
    }

    @Override
    public void close() {
        realm.close();
    }
}
