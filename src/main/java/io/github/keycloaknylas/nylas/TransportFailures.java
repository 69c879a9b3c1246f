package io.github.keycloaknylas.nylas;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * Classifies calls that ended without a response. The exceptions are not passed on, since they may quote the server.
 */
final class TransportFailures {

    private TransportFailures() {}

    static Failure of(Exception thrown, boolean aborted) {
        return cause(thrown, aborted).withoutAnswer();
    }

    private static FailureCause cause(Exception thrown, boolean aborted) {
        if (aborted || thrown instanceof InterruptedIOException) {
            return FailureCause.TIMED_OUT;
        }
        if (thrown instanceof UnknownHostException) {
            return FailureCause.HOST_UNKNOWN;
        }
        if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
            return FailureCause.NOT_REACHED;
        }
        return thrown instanceof SSLException ? FailureCause.TLS_FAILED : FailureCause.BROKEN_OFF;
    }
}
