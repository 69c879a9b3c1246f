package io.github.keycloaknylas.nylas;

import java.util.regex.Pattern;

/**
 * The request for the grant of one mailbox.
 *
 * @param refreshToken the provider's refresh token; the mailbox and the scopes are taken from it, not from the request
 *     (Nylas: "Headless server auth")
 * @param credentialId the stored Nylas credential whose client ID and secret fit the token, or null (or blank) for the
 *     connector's own (Nylas: "Using multiple provider applications")
 * @param state an opaque mark that Nylas keeps with the grant and shows in it, 1 to 200 characters of
 *     {@code A-Z a-z 0-9 : _ -}, or null. It holds no personal data (Nylas: "Bring Your Own Authentication")
 */
public record GrantRequest(String refreshToken, String credentialId, String state) {

    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9:_-]{1,200}");

    /** @throws IllegalArgumentException if there is no refresh token, or the state has another form */
    public GrantRequest {
        if (refreshToken == null || refreshToken.isBlank()) {
            throw new IllegalArgumentException("There is no refresh token to hand over");
        }
        credentialId = credentialId == null || credentialId.isBlank() ? null : credentialId.strip();
        if (state != null && !isState(state)) {
            throw new IllegalArgumentException("The state of a handover has a form that Nylas may not keep");
        }
    }

    /** A request whose grant is not marked. */
    public GrantRequest(String refreshToken, String credentialId) {
        this(refreshToken, credentialId, null);
    }

    static boolean isState(String text) {
        return STATE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "GrantRequest[refreshToken=***, credentialId=" + credentialId + ", state=" + state + "]";
    }
}
