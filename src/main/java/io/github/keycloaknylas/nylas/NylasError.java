package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error body says, whichever of Nylas' shapes it has: {@code {"error": {"type", "message", "provider_error"}}},
 * or {@code {"error": "…", "error_description": "…"}} as in OAuth. Anything else says nothing.
 *
 * @param type as sent, for instance {@code grant.refresh_token_invalid}
 * @param message Nylas' sentence
 * @param providerCode what the provider calls the error: an OAuth code, or free text that may hold one
 * @param providerText everything the provider said
 */
record NylasError(String type, String message, String providerCode, String providerText) {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,9})\\b");
    private static final String PART = "\\b(connector|integration|credential)(s|_id)?\\b";
    private static final Pattern MISSING_CONNECTOR = Pattern.compile(
            PART + ".*\\b(not found|not exist|not configured|missing)\\b|\\bno " + PART, Pattern.CASE_INSENSITIVE);

    static NylasError of(JsonNode body) {
        JsonNode error = body.path("error");
        if (error.isTextual()) {
            return new NylasError(
                    error.textValue(), body.path("error_description").asText(), "", "");
        }
        JsonNode provider = error.path("provider_error");
        String text = provider.isTextual() ? provider.textValue() : provider.isEmpty() ? "" : provider.toString();
        JsonNode code = provider.path("error");
        return new NylasError(
                error.path("type").asText(),
                error.path("message").asText(),
                code.isTextual() ? code.textValue() : text,
                text);
    }

    /** Whether the provider, or Nylas without naming it, calls the error one of these OAuth codes. */
    boolean names(Set<String> codes) {
        return codes.contains(bareType())
                || Arrays.stream(providerCode.toLowerCase(Locale.ROOT).split("[^a-z_]+"))
                        .anyMatch(codes::contains);
    }

    /** The type without the family in front, which Nylas' own pages write or leave out as they please. */
    String bareType() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Whether it was Microsoft that refused, not Nylas. */
    boolean fromProvider() {
        return !providerText.isEmpty() || aadsts() != null;
    }

    /** The digits of the first Microsoft error code in the texts, or null. */
    String aadsts() {
        Matcher code = microsoftCodes();
        return code.find() ? code.group(1) : null;
    }

    /** Whether one of these Microsoft error codes occurs anywhere in the texts. */
    boolean hasAadsts(Set<String> codes) {
        return microsoftCodes().results().anyMatch(code -> codes.contains(code.group(1)));
    }

    private Matcher microsoftCodes() {
        return AADSTS.matcher(providerText + ' ' + message);
    }

    /** The documents promise an error for it, but give neither type nor status: only the sentence is left to go by. */
    boolean missesConnector() {
        return MISSING_CONNECTOR.matcher(message).find();
    }

    /** Without anything said, which may echo what was sent. */
    @Override
    public String toString() {
        return "NylasError[type=" + Safe.type(type) + "]";
    }
}
