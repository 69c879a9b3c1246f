package io.github.keycloaknylas.nylas;

import java.net.URI;

/**
 * Where one Nylas application is reached, and the key that opens it.
 *
 * @param apiUrl base address of the API without {@code /v3}; HTTPS, or plain HTTP on loopback. A trailing slash is
 *     dropped, so that equal addresses compare equal
 * @param apiKey the application's API key; white space around it is dropped, since key files tend to end in a newline.
 *     It has power over every grant of the application (Nylas: "Dashboard", API keys) and is never printed
 */
public record NylasConnection(URI apiUrl, String apiKey) {

    /** @throws IllegalArgumentException if the address or the key cannot be used; the message shows neither */
    public NylasConnection {
        apiUrl = ApiUrl.checked(apiUrl);
        apiKey = checkedKey(apiKey);
    }

    private static String checkedKey(String key) {
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
        return "NylasConnection[apiUrl=" + apiUrl + ", apiKey=***]";
    }
}
