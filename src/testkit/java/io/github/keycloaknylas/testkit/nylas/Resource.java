package io.github.keycloaknylas.testkit.nylas;

/** One part of the API. */
@FunctionalInterface
interface Resource {

    /**
     * Does what a call asks.
     *
     * @throws NylasError if it may not or cannot be done
     */
    Answer answer(Call call);
}
