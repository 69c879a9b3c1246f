package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.ServerUrl;
import io.github.keycloaknylas.nylas.NylasWebhook;
import java.util.Optional;

/**
 * The webhook of a connection as this server knows it.
 *
 * @param nylasId Nylas' ID, if the webhook was registered; empty for one made by hand
 * @param path its path on this server
 * @param opens whether its secret is stored and can be read
 */
record WebhookSetUp(Optional<String> nylasId, String path, boolean opens) {

    boolean isManual() {
        return nylasId.isEmpty();
    }

    /**
     * Returns the address that Nylas has to send to.
     *
     * @throws io.github.keycloaknylas.config.ServerUrlException if the address of this server is not fixed
     */
    String address() {
        return ServerUrl.configured() + path;
    }

    /** Returns whether Nylas lists this webhook. One made by hand is recognised by its path. */
    boolean is(NylasWebhook listed) {
        return nylasId.map(listed.id()::equals).orElseGet(() -> listed.url().endsWith(path));
    }
}
