package io.github.keycloaknylas.monitoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The codes of log messages: stable, one per message, for filters and alarms. {@code log-codes.txt} assigns a code to a
 * part of a sentence that no other sentence contains. A sentence may be composed of several; the first one counts.
 */
final class LogCodes {

    /** The code of a sentence without one, for instance of a mail provider that another jar adds. */
    static final String OTHER = "NYLAS-1000";

    private static final Map<String, String> CODES = read();

    private LogCodes() {}

    /** Returns the code of a sentence. */
    static String of(String sentence) {
        String code = OTHER;
        int first = Integer.MAX_VALUE;
        for (Map.Entry<String, String> entry : CODES.entrySet()) {
            int index = sentence.indexOf(entry.getKey());
            if (index >= 0 && index < first) {
                first = index;
                code = entry.getValue();
            }
        }
        return code;
    }

    private static Map<String, String> read() {
        Map<String, String> codes = new LinkedHashMap<>();
        try (InputStream file = LogCodes.class.getResourceAsStream("log-codes.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            lines.lines()
                    .forEach(line -> codes.put(line.substring(OTHER.length() + 1), line.substring(0, OTHER.length())));
            return codes;
        } catch (IOException | RuntimeException e) {
            // A message without its code is better than none.
            return codes;
        }
    }
}
