package io.github.keycloaknylas.management;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which page of a list is asked for. The position of a page is opaque to callers, so that the order of a list may change.
 *
 * @param after values of the last row of the page before; empty for the first page
 * @param max longest page
 */
record PageRequest(List<String> after, int max) {

    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;
    private static final String SEPARATOR = "|";
    private static final int LONGEST = 1_000;

    /**
     * Reads the parameters of a call.
     *
     * @param after what the page before returned as {@code next}, or null
     * @param max longest page, 1 to 1000, or null
     * @param values pattern of each value that the position of this list consists of
     */
    static PageRequest of(String after, String max, Pattern... values) {
        return new PageRequest(after == null ? List.of() : position(after, List.of(values)), max(max));
    }

    private static int max(String text) {
        try {
            int max = text == null ? DEFAULT : Integer.parseInt(text);
            if (max >= 1 && max <= MOST) {
                return max;
            }
        } catch (NumberFormatException e) {
            // The same sentence follows.
        }
        throw Refusal.badRequest("max is the length of a page, a number from 1 to " + MOST + ".");
    }

    private static List<String> position(String after, List<Pattern> patterns) {
        try {
            if (after.length() <= LONGEST) {
                String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
                List<String> values = List.of(text.split(Pattern.quote(SEPARATOR), -1));
                if (values.size() == patterns.size() && matches(values, patterns)) {
                    return values;
                }
            }
        } catch (IllegalArgumentException e) {
            // The same sentence follows.
        }
        throw Refusal.badRequest("after is the value 'next' of the page before, from the same list with the same"
                + " filters. Leave it out for the first page.");
    }

    private static boolean matches(List<String> values, List<Pattern> patterns) {
        for (int i = 0; i < values.size(); i++) {
            if (!patterns.get(i).matcher(values.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the value at this place of the position, or another one for the first page. */
    String after(int place, String first) {
        return after.isEmpty() ? first : after.get(place);
    }

    /**
     * Returns where the page behind this one begins.
     *
     * @param rows of this page
     * @param values of the last row
     * @return null if this page is not full, so that no row follows
     */
    <T> String next(List<T> rows, Function<T, List<String>> values) {
        if (rows.size() < max) {
            return null;
        }
        String text = String.join(SEPARATOR, values.apply(rows.get(rows.size() - 1)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
