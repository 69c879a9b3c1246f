package io.github.keycloaknylas.limits;

import java.time.Duration;

/**
 * Permission for one call to Nylas. Report the outcome, then close; closing without an outcome leaves connection and
 * credential unjudged and makes the next call the trial.
 */
public final class CallPermit implements AutoCloseable {

    private final CircuitBreakers breakers;
    private final CredentialKey credential;
    private final String version;
    private final long call;

    CallPermit(CircuitBreakers breakers, CredentialKey credential, String version, long call) {
        this.breakers = breakers;
        this.credential = credential;
        this.version = version;
        this.call = call;
    }

    /** Reports that Nylas accepted key and credential, whatever it answered about the mailbox. */
    public void succeeded() {
        breakers.succeeded(credential, version);
    }

    /**
     * Reports a temporary failure.
     *
     * @param rowId identifies the mailbox
     */
    public void troubled(String rowId) {
        breakers.troubled(credential.connection(), rowId, call);
    }

    /** Reports that the API key was refused, or anything else that concerns every call of the connection. */
    public void refusedConnection() {
        breakers.refusedConnection(credential.connection(), version, call);
    }

    /** Reports that the connector or credential was refused. */
    public void refusedCredential() {
        breakers.refusedCredential(credential, version, call);
    }

    /** Reports that Nylas asked for a pause ({@code Retry-After}). */
    public void paused(Duration pause) {
        breakers.pause(credential.connection(), pause);
    }

    @Override
    public void close() {
        breakers.leave(credential, version, call);
    }
}
