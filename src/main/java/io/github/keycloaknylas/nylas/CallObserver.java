package io.github.keycloaknylas.nylas;

/** Observes the requests to Nylas, for metrics and traces. An implementation does not throw. */
public interface CallObserver {

    /** The outcome of a request that was answered as asked. */
    String DONE = "done";

    /** Observes nothing. */
    CallObserver NONE = operation -> (outcome, httpStatus) -> {};

    /**
     * Called before a request, by the thread that makes it.
     *
     * @param operation one of a fixed set of words
     * @return what is called once after the request, by the same thread
     */
    Call begin(String operation);

    /** A request that has begun. */
    interface Call {

        /**
         * Called after the request.
         *
         * @param outcome one of a fixed set of words
         * @param httpStatus null if no complete response arrived
         */
        void end(String outcome, Integer httpStatus);
    }
}
