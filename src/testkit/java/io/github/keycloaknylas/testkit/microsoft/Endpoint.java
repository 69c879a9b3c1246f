package io.github.keycloaknylas.testkit.microsoft;

/** Answers the calls to one address. */
@FunctionalInterface
interface Endpoint {

    /** Answers the call, or throws a {@link Refusal}, which the caller gets as Entra's error JSON. */
    Reply answer(Call call);
}
