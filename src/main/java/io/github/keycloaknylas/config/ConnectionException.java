package io.github.keycloaknylas.config;

/**
 * Thrown when a mapper or a grant refers to a connection that is missing or misconfigured. The message is for an
 * administrator and contains no secret.
 */
public final class ConnectionException extends RuntimeException {

    /** What has to be corrected. */
    public enum Problem {
        /** The connection, its key, or a setting that names them. */
        MISSING,
        /** The vault entry of the key, or the reference to it. */
        VAULT_ENTRY,
        /** The URL: no API key may be sent to it. */
        API_URL,
        /** The key: no request can carry it. */
        API_KEY
    }

    private final Problem problem;

    ConnectionException(String message) {
        this(Problem.MISSING, message);
    }

    ConnectionException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** What has to be corrected. */
    public Problem problem() {
        return problem;
    }
}
