package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML with blanks: {@code {{name}}} is filled in escaped, {@code {{{name}}}} as it is. */
final class Html {

    private static final Pattern BLANK = Pattern.compile("\\{\\{\\{(\\w+)}}}|\\{\\{(\\w+)}}");

    private Html() {}

    static String resource(String name, Map<String, String> values) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            return fill(new String(in.readAllBytes(), UTF_8), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fill(String template, Map<String, String> values) {
        return BLANK.matcher(template).replaceAll(blank -> {
            String raw = blank.group(1);
            return Matcher.quoteReplacement(raw != null ? values.get(raw) : escape(values.get(blank.group(2))));
        });
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
