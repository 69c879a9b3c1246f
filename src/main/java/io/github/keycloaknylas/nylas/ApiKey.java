package io.github.keycloaknylas.nylas;

import java.net.URI;

/**
 * The API key of a Nylas application, with the only address that it is sent to.
 *
 * @param apiUrl base address of the API without {@code /v3}; HTTPS, or plain HTTP on loopback. A trailing slash is
 *     dropped, so that equal addresses compare equal
 * @param value the key itself; white space around it is dropped, since key files tend to end in a newline. It gives
 *     access to every grant of the application (Nylas: "Dashboard", API keys) and is never printed
 */
public record ApiKey(URI apiUrl, String value) {

    /** @throws IllegalArgumentException if the address or the key cannot be used; the message shows neither */
    public ApiKey {
        apiUrl = ApiUrl.checked(apiUrl);
        value = checked(value);
    }

    private static String checked(String key) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("The Nylas API key is empty");
        }
        String stripped = key.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("The Nylas API key holds characters that no HTTP header can carry");
        }
        return stripped;
    }

    @Override
    public String toString() {
        return "ApiKey[apiUrl=" + apiUrl + ", value=***]";
    }
}
