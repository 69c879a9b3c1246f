package io.github.keycloaknylas.webhook;

import java.util.List;
import java.util.Optional;

/**
 * A webhook that notifications are accepted for.
 *
 * @param id last part of its address
 * @param connection name of the connection it belongs to
 * @param apiUrl base URL of the API of the connection
 * @param application ID of the Nylas application, if it is known
 * @param secrets secrets whose signatures are accepted; two during a rotation
 * @param settled whether Nylas signs with one of these secrets for certain
 */
record KnownWebhook(
        String id,
        String connection,
        String apiUrl,
        Optional<String> application,
        List<String> secrets,
        boolean settled) {

    /** Omits the secrets. */
    @Override
    public String toString() {
        return "KnownWebhook[" + id + "]";
    }
}
