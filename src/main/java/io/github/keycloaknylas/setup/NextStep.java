package io.github.keycloaknylas.setup;

import java.util.regex.Pattern;

/** Writes what to do next: where to click in the admin console, or which command to run. */
final class NextStep {

    private static final String CONSOLE = "Admin console: Identity providers > ";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    private NextStep() {}

    /**
     * In the settings of an identity provider.
     *
     * @param what to do there, as the end of a sentence
     */
    static String provider(String alias, String what) {
        return CONSOLE + alias + " > Settings: " + what;
    }

    /**
     * Among the mappers of an identity provider.
     *
     * @param what to do there, as the end of a sentence
     */
    static String mappers(String alias, String what) {
        return CONSOLE + alias + " > Mappers: " + what;
    }

    /** In the dashboard of the Nylas application. */
    static String nylas(String what) {
        return "Nylas dashboard: " + what;
    }

    /** The call that sets a realm up. */
    static String setUp(String realm) {
        return "Run: kcadm.sh create nylas/setup -r " + quoted(realm) + " -b '{}' -o";
    }

    /**
     * The call that registers a webhook, or repairs it.
     *
     * @param realm whose administrators manage it
     * @param query that names the connection
     */
    static String webhook(String realm, String query) {
        return "Run: kcadm.sh create " + quoted("nylas/webhook?" + query) + " -r " + quoted(realm) + " -b '{}' -o";
    }

    /** Returns a word as the shell needs it. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
