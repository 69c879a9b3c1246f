package io.github.keycloaknylas.ledger;

/** Whether a refresh token waits to be handed over. */
enum HandoverState {
    /** Nothing to hand over, no token held. */
    NONE,
    /** To be handed over now or at the next attempt. */
    DUE
}
