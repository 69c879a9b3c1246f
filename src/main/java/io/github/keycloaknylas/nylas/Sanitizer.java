package io.github.keycloaknylas.nylas;

import java.util.regex.Pattern;

/**
 * Lets through what has the form of an error type or a request ID. Anything else is dropped whole, not cut: the first
 * hundred characters of an echoed token would still be a leak.
 */
final class Sanitizer {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9._-]{1,100}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private Sanitizer() {}

    static String type(String text) {
        return only(TYPE, text);
    }

    static String requestId(String text) {
        return only(REQUEST_ID, text);
    }

    private static String only(Pattern form, String text) {
        return text != null && form.matcher(text).matches() ? text : null;
    }
}
