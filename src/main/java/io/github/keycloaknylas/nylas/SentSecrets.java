package io.github.keycloaknylas.nylas;

import java.util.List;
import java.util.Locale;

/**
 * The secrets of one call. A real API key has the form of a request ID, so an echo of it is recognised by comparison.
 *
 * @param secrets key and token of one call
 */
record SentSecrets(List<String> secrets) {

    private static final int SHORTEST_PIECE = 8;

    static SentSecrets with(String... secrets) {
        return new SentSecrets(List.of(secrets));
    }

    /** Returns the text, or null if it contains a secret or is itself part of one. */
    String unlessEchoed(String text) {
        return text == null || secrets.stream().anyMatch(secret -> repeats(text, secret)) ? null : text;
    }

    private static boolean repeats(String text, String secret) {
        String said = text.toLowerCase(Locale.ROOT);
        String sent = secret.toLowerCase(Locale.ROOT);
        return said.contains(sent) || said.length() >= SHORTEST_PIECE && sent.contains(said);
    }

    @Override
    public String toString() {
        return "SentSecrets[***]";
    }
}
