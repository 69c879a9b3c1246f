package io.github.keycloaknylas.nylas;

/**
 * The result of one call: done, or failed with a reason.
 *
 * @param <T> what a call that is done returns
 */
public sealed interface CallResult<T> permits CallResult.Done, CallResult.Failed {

    /**
     * @param value what was asked for
     * @param requestId Nylas' ID of the call, for its support; null if it sent none
     */
    record Done<T>(T value, String requestId) implements CallResult<T> {}

    /** @param failure what went wrong and who can resolve it */
    record Failed<T>(Failure failure) implements CallResult<T> {}
}
