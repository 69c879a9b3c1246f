package io.github.keycloaknylas.nylas;

/**
 * What is handed to Nylas for one mailbox.
 *
 * @param refreshToken the Microsoft refresh token; the mailbox and the scopes are taken from it, not from the request
 *     (Nylas: "Headless server auth")
 * @param credentialId the stored Nylas credential whose client ID and secret fit the token, or null (or blank) for the
 *     connector's own (Nylas: "Using multiple provider applications")
 */
public record Handover(String refreshToken, String credentialId) {

    /** @throws IllegalArgumentException if there is no refresh token */
    public Handover {
        if (refreshToken == null || refreshToken.isBlank()) {
            throw new IllegalArgumentException("There is no refresh token to hand over");
        }
        credentialId = credentialId == null || credentialId.isBlank() ? null : credentialId.strip();
    }

    @Override
    public String toString() {
        return "Handover[refreshToken=***, credentialId=" + credentialId + "]";
    }
}
