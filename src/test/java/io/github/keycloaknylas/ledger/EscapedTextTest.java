package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTextTest {

    private final EscapedText column = new EscapedText();

    // Numbered: not every console and report takes these texts.
    @ParameterizedTest(name = "text {index}")
    @ValueSource(
            strings = {
                "",
                "plain text 123",
                "back\\slash",
                "\\",
                "\\\\u0041",
                "looks like \\u0041 but is not",
                "NUL \u0000 and line\nbreak",
                "lone \ud800 surrogate",
                "\udfff",
                "pair \ud83d\ude00",
                "Grüße, 你好, עברית",
                "\u007f\u0080\uffff"
            })
    void anyTextComesBackAsItWentAndTheDatabaseSeesAsciiOnly(String text) {
        String stored = column.convertToDatabaseColumn(text);

        assertThat(stored).matches("[ -~]*");
        assertThat(column.convertToEntityAttribute(stored)).isEqualTo(text);
    }

    @Test
    void everySingleCharacterSurvives() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c);
        }

        assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(all.toString())))
                .isEqualTo(all.toString());
    }

    @Test
    void plainTextStaysReadable() {
        assertThat(EscapedText.escape("ada+lists@example.com")).isEqualTo("ada+lists@example.com");
        assertThat(EscapedText.escape("from blank to ~")).isEqualTo("from blank to ~");
    }

    @Test
    void differentTextsNeverLookAlike() {
        assertThat(EscapedText.escape("\\u0041")).isNotEqualTo(EscapedText.escape("A"));
        assertThat(EscapedText.escape("é")).isNotEqualTo(EscapedText.escape("e\u0301"));
    }

    @Test
    void nothingStaysNothing() {
        assertThat(column.convertToDatabaseColumn(null)).isNull();
        assertThat(column.convertToEntityAttribute(null)).isNull();
    }
}
