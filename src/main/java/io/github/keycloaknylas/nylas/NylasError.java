package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of an error body, in either of Nylas' shapes: {@code {"error": {"type", "message", "provider_error"}}},
 * or {@code {"error": "…", "error_description": "…"}} as in OAuth. Any other body counts as empty.
 *
 * @param type as sent, for instance {@code grant.refresh_token_invalid}
 * @param message Nylas' sentence
 * @param providerCode what the provider calls the error: an OAuth code, or free text that may hold one
 * @param providerText everything the provider reported
 * @param errorCodes the provider's own error codes in the texts, first to last
 */
record NylasError(String type, String message, String providerCode, String providerText, List<String> errorCodes) {

    private static final String PART = "\\b(connector|integration|credential)(s|_id)?\\b";
    private static final Pattern MISSING_CONNECTOR = Pattern.compile(
            PART + ".*\\b(not found|not exist|not configured|missing)\\b|\\bno " + PART, Pattern.CASE_INSENSITIVE);

    static NylasError of(JsonNode body, NylasProvider provider) {
        JsonNode error = body.path("error");
        if (error.isTextual()) {
            String description = body.path("error_description").asText();
            return new NylasError(error.textValue(), description, "", "", provider.errorCodes(description));
        }
        JsonNode said = error.path("provider_error");
        String text = said.isTextual() ? said.textValue() : said.isEmpty() ? "" : said.toString();
        JsonNode code = said.path("error");
        String message = error.path("message").asText();
        return new NylasError(
                error.path("type").asText(),
                message,
                code.isTextual() ? code.textValue() : text,
                text,
                provider.errorCodes(text + ' ' + message));
    }

    /** Returns whether the provider, or Nylas without naming it, calls the error one of these OAuth codes. */
    boolean names(Set<String> codes) {
        return codes.contains(bareType())
                || Arrays.stream(providerCode.toLowerCase(Locale.ROOT).split("[^a-z_]+"))
                        .anyMatch(codes::contains);
    }

    /** The type without the family in front, which Nylas' own pages write or leave out as they please. */
    String bareType() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Returns whether it was the provider that refused, not Nylas. */
    boolean fromProvider() {
        return !providerText.isEmpty() || !errorCodes.isEmpty();
    }

    /**
     * Returns whether the connector is missing, judged by the sentence: Nylas documents the error without type
     * or status.
     */
    boolean missesConnector() {
        return MISSING_CONNECTOR.matcher(message).find();
    }

    /** Returns whether Nylas could not verify the address of a webhook. */
    boolean deniesAddress() {
        return type.equals("70005") || says("unable.verify.webhook_url");
    }

    /** Returns whether there is no such webhook. */
    boolean missesWebhook() {
        return type.equals("70000") || says("destination.id.not.found");
    }

    private boolean says(String name) {
        return type.contains(name) || message.contains(name);
    }

    /** Omits all texts, which may echo what was sent. */
    @Override
    public String toString() {
        return "NylasError[type=" + Sanitizer.type(type) + "]";
    }
}
