package io.github.keycloaknylas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps what is particular to a mail provider behind {@code MailProvider}: no other source names one. */
class ProviderNamesTest {

    private static final Path MAIN = Path.of("src", "main");
    /** Not within other words: <em>paragraph</em>, <em>ReentrantLock</em>, <em>EntityGraph</em>. */
    private static final Pattern NAME = Pattern.compile(
            "(?i:microsoft|aadsts)|(?<![A-Za-z])[Ee]ntra(?![a-z])|Entra(?![a-z])|(?<![A-Z])ENTRA(?![A-Z])"
                    + "|(?<![A-Za-z])graph|(?<!Entity)Graph|(?<![A-Z])GRAPH");

    private static final Pattern PROVIDER = Pattern.compile("java/io/github/keycloaknylas/mail/Microsoft\\w*\\.java"
            + "|resources/META-INF/services/io\\.github\\.keycloaknylas\\.mail\\.MailProvider");

    @Test
    void noSourceOutsideOfTheProviderNamesIt() throws IOException {
        assertThat(sources().filter(file -> !isOfAProvider(file)).flatMap(ProviderNamesTest::names))
                .isEmpty();
    }

    @Test
    void theProviderIsWhereTheSearchExpectsIt() throws IOException {
        assertThat(sources().filter(ProviderNamesTest::isOfAProvider).flatMap(ProviderNamesTest::names))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft",
                "microsoftConnector",
                "AADSTS65001",
                "hasAadsts",
                "at Entra.",
                "isEntraId",
                "ENTRA_ID",
                "entra",
                "Graph's /me",
                "isGraph",
                "graphId",
                "graph.",
                "GRAPH"
            })
    void aNameIsFoundHoweverItIsWritten(String text) {
        assertThat(NAME.matcher(text).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a paragraph", "EntityGraph", "ReentrantLock", "central", "CENTRAL"})
    void anotherWordIsNotTakenForAName(String text) {
        assertThat(NAME.matcher(text).find()).isFalse();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> tree = Files.walk(MAIN)) {
            return tree.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static boolean isOfAProvider(Path file) {
        return PROVIDER.matcher(MAIN.relativize(file).toString().replace('\\', '/'))
                .matches();
    }

    private static Stream<String> names(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Stream.concat(Stream.of(file.getFileName().toString()), lines.stream())
                    .filter(line -> NAME.matcher(line).find())
                    .map(line -> file.getFileName() + ": " + line.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
