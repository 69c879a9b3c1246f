package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.util.Optional;

/** The request with which an app sends a browser to sign in. */
record AuthorizationRequest(
        RedirectTarget back,
        Scopes scopes,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Optional<String> loginHint) {

    static AuthorizationRequest of(Parameters query, RedirectTarget back) {
        require(Aadsts.required(query, "response_type"), "code", Aadsts.OTHER_RESPONSE_TYPE);
        Optional<String> challenge = query.find("code_challenge");
        if (challenge.isPresent()) {
            require(query.find("code_challenge_method").orElse("plain"), "S256", Aadsts.ONLY_S256);
        }
        if (query.find("prompt").filter("none"::equals).isPresent()) {
            throw Aadsts.NOT_SIGNED_IN.refusal();
        }
        return new AuthorizationRequest(
                back,
                Scopes.parse(Aadsts.required(query, "scope")),
                query.find("nonce"),
                challenge,
                query.find("login_hint"));
    }

    App app() {
        return back.app();
    }

    private static void require(String value, String expected, Aadsts otherwise) {
        if (!value.equals(expected)) {
            throw otherwise.refusal(value);
        }
    }
}
