package io.github.keycloaknylas.testkit.nylas;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a webhook's URL answered.
 *
 * @param status the HTTP status; 0 without an answer
 * @param headers names in lower case
 * @param body the bytes of the body
 * @param failure why there is no answer; null if there is one
 */
public record WebhookResponse(int status, Map<String, List<String>> headers, byte[] body, String failure) {

    static final String TIMED_OUT = "timed out";

    static WebhookResponse none(String failure) {
        return new WebhookResponse(0, Map.of(), new byte[0], failure);
    }

    /**
     * Looks a header up.
     *
     * @param name in any case
     * @return its first value, if there is one
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** {@return true if no complete answer came in time} */
    public boolean timedOut() {
        return TIMED_OUT.equals(failure);
    }
}
