package io.github.keycloaknylas.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML with placeholders: the value of {@code {{name}}} is escaped, that of {@code {{{name}}}} is HTML itself.
 *
 * @param text the HTML
 */
public record HtmlTemplate(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\{(\\w+)}}}|\\{\\{(\\w+)}}");

    /** {@return the template in a file beside a class} */
    public static HtmlTemplate resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new HtmlTemplate(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the HTML with a value, which must be there, for each placeholder} */
    public String fill(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String raw = found.group(1);
            return Matcher.quoteReplacement(raw != null ? values.get(raw) : escape(values.get(found.group(2))));
        });
    }

    /** {@return a text as HTML} */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
