package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where the browser is redirected to, which is always a registered address of a known app. */
record RedirectTarget(App app, String redirectUri, Optional<String> state) {

    static RedirectTarget of(Parameters query, Apps apps) {
        App app = apps.named(Aadsts.required(query, "client_id"));
        String redirectUri = Aadsts.required(query, "redirect_uri");
        if (!app.accepts(redirectUri)) {
            throw Aadsts.UNKNOWN_REDIRECT.refusal(redirectUri, app.clientId());
        }
        return new RedirectTarget(app, redirectUri, query.find("state"));
    }

    Response with(String code) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("session_state", UUID.randomUUID().toString());
        return back(answer);
    }

    Response with(Refusal refusal) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("error", refusal.error());
        answer.put("error_description", refusal.description());
        return back(answer);
    }

    private Response back(Map<String, String> answer) {
        state.ifPresent(value -> answer.put("state", value));
        return Response.redirect(
                redirectUri + (redirectUri.contains("?") ? "&" : "?") + new Parameters(answer).encoded());
    }
}
