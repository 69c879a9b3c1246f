package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Parameters;

/** The errors of Entra that the fake Microsoft supports: number, HTTP status, OAuth error and text. */
enum Aadsts {
    WRONG_SECRET(
            7000215,
            401,
            "invalid_client",
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                    + " not the client secret ID, for a secret added to app '%s'."),
    NO_SECRET(
            7000218,
            401,
            "invalid_client",
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    UNKNOWN_APP(700016, 400, "unauthorized_client", "Application with identifier '%s' was not found in the directory."),
    UNKNOWN_REDIRECT(
            50011,
            400,
            "invalid_request",
            "The redirect URI '%s' specified in the request does not match the redirect URIs configured for the"
                    + " application '%s'."),
    OTHER_REDIRECT(
            500112,
            401,
            "invalid_client",
            "The reply address '%s' does not match the reply address provided when requesting the authorization code."),
    MISSING(900144, 400, "invalid_request", "The request must contain the following parameter: '%s'."),
    MALFORMED(9002313, 400, "invalid_grant", "Invalid request. Request is malformed or invalid."),
    ONLY_S256(9002313, 400, "invalid_request", "Invalid request. The fake Microsoft knows only S256, not '%s'."),
    OTHER_RESPONSE_TYPE(
            700054, 400, "unsupported_response_type", "response_type '%s' is not enabled for the application."),
    OTHER_GRANT_TYPE(70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type '%s'."),
    NOT_SIGNED_IN(50058, 400, "login_required", "A silent sign-in request was sent but no user is signed in."),
    NOT_IN_TENANT(50020, 400, "access_denied", "The chosen account does not exist in tenant '%s'."),
    DECLINED(65004, 400, "access_denied", "User declined to consent to access the app."),
    CODE_REDEEMED(
            54005,
            400,
            "invalid_grant",
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing"
                    + " refresh token."),
    CODE_VERIFIER(
            501481,
            400,
            "invalid_grant",
            "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
    OF_ANOTHER_APP(70000, 400, "invalid_grant", "The provided grant was issued for a different client id than '%s'."),
    REVOKED(
            50173,
            400,
            "invalid_grant",
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The grant was"
                    + " issued on '%s'."),
    EXPIRED(
            700082,
            400,
            "invalid_grant",
            "The refresh token has expired due to inactivity. The token was issued on %s."),
    NOT_CONSENTED(
            65001,
            400,
            "invalid_grant",
            "The user or administrator has not consented to use the application with ID '%s' named '%s'. Send an"
                    + " interactive authorization request for this user and resource."),
    SECOND_FACTOR(
            50076,
            400,
            "interaction_required",
            "Due to a configuration change made by your administrator, or because you moved to a new location, you"
                    + " must use multi-factor authentication to access '%s'.");

    final int code;
    final int status;
    final String error;
    private final String text;

    Aadsts(int code, int status, String error, String text) {
        this.code = code;
        this.status = status;
        this.error = error;
        this.text = text;
    }

    static String required(Parameters parameters, String name) {
        return parameters.find(name).orElseThrow(() -> MISSING.refusal(name));
    }

    Refusal refusal(Object... details) {
        return new Refusal(this, "AADSTS" + code + ": " + text.formatted(details));
    }
}
