package io.github.keycloaknylas.nylas;

import java.util.List;
import java.util.Locale;

/**
 * What was sent in confidence. A real API key has the form of a request id, so an echo of it is told by comparing.
 *
 * @param secrets key and token of one call
 */
record SentSecrets(List<String> secrets) {

    private static final int SHORTEST_PIECE = 8;

    static SentSecrets with(String... secrets) {
        return new SentSecrets(List.of(secrets));
    }

    /** The text, or null if it repeats a secret, a piece of one, or says more besides. */
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
