package io.github.keycloaknylas.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Explains why a server did not become ready. */
final class Diagnosis {

    private static final int LAST_LINES = 30;

    private Diagnosis() {}

    static String of(String server, boolean alive, Path file, String log) {
        return server + (alive ? " did not become ready in time." : " ended before it was ready.")
                + " The end of its log:\n\n"
                + tail(log) + "\n\n" + advice(log) + " The whole log is in " + file + ".";
    }

    private static String advice(String log) {
        if (log.contains("already bound") || log.contains("Address already in use")) {
            return "A port is in use: choose another (ServerOptions.ports), or stop the program that uses it.";
        }
        if (log.contains("Unknown option") || log.contains("is not usable")) {
            return "This Keycloak does not know one of the options: compare them with 'kc.sh start --help-all'.";
        }
        if (log.contains("Unable to obtain JDBC connection") || log.contains("Acquisition timeout")) {
            return "The database did not answer: see that it runs, and that its URL, user and password are right.";
        }
        return "Look for the first ERROR.";
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LAST_LINES))
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }
}
