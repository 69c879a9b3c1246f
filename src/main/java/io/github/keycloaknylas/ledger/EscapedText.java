package io.github.keycloaknylas.ledger;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/**
 * Writes text as ASCII, with four-digit Unicode escapes for everything else. A database then accepts any subject and
 * address: PostgreSQL refuses NUL and lone surrogates, and a refused statement would spoil the login's transaction.
 */
@Converter
public final class EscapedText implements AttributeConverter<String, String> {

    private static final char ESCAPE = '\\';

    @Override
    public String convertToDatabaseColumn(String text) {
        return text == null ? null : escape(text);
    }

    @Override
    public String convertToEntityAttribute(String column) {
        return column == null ? null : unescape(column);
    }

    /** Returns the text as the database stores it; its length is what has to fit the column. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c <= '~' && c != ESCAPE) {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private static String unescape(String column) {
        StringBuilder text = new StringBuilder(column.length());
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == ESCAPE && column.length() >= i + 6) {
                text.append((char) Integer.parseInt(column, i + 2, i + 6, 16));
                i += 5;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
