package io.github.keycloaknylas.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code sh} blocks of a page that call {@code kcadm.sh}.
 *
 * @param blocks in the order of the page, without indentation
 */
public record DocumentedCommands(List<String> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("^( *)```sh\\n(.*?)^\\1```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z][A-Za-z -]*>");

    public static DocumentedCommands of(Path page) {
        try {
            return of(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DocumentedCommands of(String page) {
        return new DocumentedCommands(BLOCK.matcher(page)
                .results()
                .map(block -> block.group(2).indent(-block.group(1).length()))
                .filter(block -> block.contains("kcadm.sh "))
                .toList());
    }

    /** Puts values in the place of placeholders such as {@code <client-id>}; nothing else is changed. */
    public static String fill(String block, Map<String, String> values) {
        return PLACEHOLDER.matcher(block).replaceAll(placeholder -> {
            String value = values.get(placeholder.group());
            if (value == null) {
                throw new AssertionError(
                        "The test has no value for the placeholder " + placeholder.group() + " in\n" + block);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
