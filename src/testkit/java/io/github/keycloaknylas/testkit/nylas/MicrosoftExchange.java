package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exchange as Nylas does it: a refresh at Microsoft's token endpoint, then a request for {@code /me}. */
public final class MicrosoftExchange implements TokenExchange {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String login;
    private final URI me;

    public MicrosoftExchange(URI login, URI me) {
        this.login = login.toString().replaceAll("/+$", "");
        this.me = me;
    }

    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        try {
            HttpResponse<String> answer = http.send(tokenRequest(request), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? mailbox(Json.read(answer.body())) : refusal(answer);
        } catch (IOException | UncheckedIOException e) {
            return new ExchangeResult.Unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ExchangeResult.Unreachable();
        }
    }

    private HttpRequest tokenRequest(ExchangeRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", request.client().clientId());
        form.put("client_secret", request.client().clientSecret());
        form.put("refresh_token", request.refreshToken().value());
        if (!request.scope().isEmpty()) {
            form.put("scope", String.join(" ", request.scope()));
        }
        return HttpRequest.newBuilder(URI.create(login + "/" + request.tenant() + "/oauth2/v2.0/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(new Parameters(form).encoded()))
                .build();
    }

    private static ExchangeResult refusal(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 429) {
            return new ExchangeResult.Throttled(Duration.ofSeconds(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1)));
        }
        if (answer.statusCode() >= 500) {
            return new ExchangeResult.Unreachable();
        }
        JsonNode body = Json.read(answer.body());
        return new ExchangeResult.Refused(
                body.path("error").asText("invalid_request"),
                body.path("error_description").asText(""));
    }

    private Mailbox mailbox(JsonNode token) throws IOException, InterruptedException {
        JsonNode user = user(token.path("access_token").asText());
        String principal = user.path("userPrincipalName").asText("");
        String email = user.path("mail").asText(principal.contains("@") ? principal : null);
        return new Mailbox(
                email, user.path("id").asText(null), user.path("displayName").asText(null), scope(token));
    }

    // A token without User.Read may not look at /me: Nylas then has no address to show.
    private JsonNode user(String accessToken) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(me)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + accessToken)
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return answer.statusCode() == 200 ? Json.read(answer.body()) : Json.object();
    }

    // Microsoft leaves offline_access out of its answer; Nylas' sample grant lists it.
    private static List<String> scope(JsonNode token) {
        List<String> scope =
                new ArrayList<>(List.of(token.path("scope").asText("").trim().split("\\s+")));
        scope.remove("");
        if (token.hasNonNull("refresh_token") && !scope.contains("offline_access")) {
            scope.add("offline_access");
        }
        return scope;
    }
}
