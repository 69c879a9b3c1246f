package io.github.keycloaknylas.nylas;

/**
 * What became of one call: done, or failed and why.
 *
 * @param <T> what a call that is done brings
 */
public sealed interface Answer<T> permits Answer.Done, Answer.Failed {

    /**
     * @param value what was asked for
     * @param requestId Nylas' id of the call, for its support; null if it sent none
     */
    record Done<T>(T value, String requestId) implements Answer<T> {}

    /** @param failure what went wrong and who can resolve it */
    record Failed<T>(Failure failure) implements Answer<T> {}
}
