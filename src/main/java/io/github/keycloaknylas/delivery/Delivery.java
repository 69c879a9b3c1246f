package io.github.keycloaknylas.delivery;

import org.keycloak.provider.Provider;

/** Notifies the delivery workers from a request. Calls return at once, do not use the database and never throw. */
public interface Delivery extends Provider {

    /** Wakes the workers after a capture was marked or evidence was written, instead of waiting for the next poll. */
    void wake();
}
