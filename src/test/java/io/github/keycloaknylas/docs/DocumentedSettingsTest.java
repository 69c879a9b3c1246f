package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.RefreshTokenMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

/** The tables of the README say what the code does: no setting is missing, none is invented. */
class DocumentedSettingsTest {

    private static final Pattern MAPPER_ROW =
            Pattern.compile("^\\| ([^|`]+) \\| `([a-zA-Z]+)` \\| ([^|]+) \\|.*", Pattern.MULTILINE);
    private static final Pattern OPTION_ROW =
            Pattern.compile("^\\| `(KC_SPI_NYLAS_[A-Z_<>]+)` \\| ([^|]+) \\|", Pattern.MULTILINE);

    @Test
    void everyFieldOfTheMapperHasARowWithItsLabelItsJsonNameAndItsDefault() throws IOException {
        Properties labels = bundle("en");
        Map<String, String> expected = new RefreshTokenMapper()
                .getConfigProperties().stream()
                        .collect(Collectors.toMap(
                                ProviderConfigProperty::getName,
                                field -> labels.getProperty(field.getLabel()) + " = "
                                        + documented(field.getDefaultValue())));

        Map<String, String> rows = MAPPER_ROW
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(2),
                        row -> row.group(1).trim() + " = " + row.group(3).trim()));

        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void everyServerOptionThatTheCodeReadsHasARow() throws IOException {
        Set<String> rows = OPTION_ROW
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(rows).isEqualTo(UsedOptions.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "ja"})
    void everyFieldOfTheMapperHasALabelAndAHelpTextInEachLanguage(String language) throws IOException {
        Properties bundle = bundle(language);

        for (ProviderConfigProperty field : new RefreshTokenMapper().getConfigProperties()) {
            assertThat(bundle.getProperty(field.getLabel()))
                    .as(field.getLabel())
                    .isNotBlank();
            assertThat(bundle.getProperty(field.getHelpText()))
                    .as(field.getHelpText())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "ja"})
    void everyLanguageHasTheSameTextsAndNoneIsLeftInEnglish(String language) throws IOException {
        Map<Object, Object> english = new TreeMap<>(bundle("en"));
        Map<Object, Object> translated = new TreeMap<>(bundle(language));

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        assertThat(translated.entrySet().stream()
                        .filter(entry -> entry.getKey().toString().endsWith(".help")))
                .noneMatch(entry -> entry.getValue().equals(english.get(entry.getKey())));
    }

    private static String documented(Object defaultValue) {
        return defaultValue == null ? "empty" : "`" + defaultValue + "`";
    }

    private static Properties bundle(String language) throws IOException {
        Properties bundle = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("themes/messages/messages_" + language + ".properties"))) {
            bundle.load(reader);
        }
        return bundle;
    }
}
