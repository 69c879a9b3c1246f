package io.github.keycloaknylas.config;

import io.github.keycloaknylas.hashing.Digests;
import java.net.URI;
import java.util.Optional;

/**
 * The settings of a connection, without the API key: where the grants of a mapper are stored. Compared with those that
 * a grant was made with, also during sign-in, where the vault must not be read.
 *
 * @param name name of the server's connection, or {@code realm:<id>/<alias>} where the realm supplies its own
 * @param apiUrl base URL of the API
 * @param keyReference where the key is stored: {@code option:<server option>} or a vault reference
 * @param application ID of the Nylas application, if the administrator set it
 * @param credentialId credential to use in place of the connector's own
 */
public record ConnectionSettings(
        String name, URI apiUrl, String keyReference, Optional<String> application, Optional<String> credentialId) {

    private static final String OF_REALM = "realm:";

    /** The name of the connection that a realm supplies for a provider. */
    static String nameOf(String realmId, String provider) {
        return OF_REALM + realmId + "/" + provider;
    }

    /** Returns whether a connection of this name is one that a realm supplies itself. */
    static boolean isOfRealm(String name) {
        return name.startsWith(OF_REALM);
    }

    /** Returns whether a realm supplies the connection itself. */
    public boolean isOfRealm() {
        return isOfRealm(name);
    }

    /** Returns a value that changes with API URL, application and credential, never with the key. */
    String fingerprint() {
        return Digests.sha256(apiUrl.toString(), application.orElse(""), credentialId.orElse(""));
    }

    /** @throws ConnectionException if this is not a URL; the message does not repeat it */
    static URI url(String text) {
        try {
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new ConnectionException("The Nylas API URL is not a URL. Write it as https://api.us.nylas.com.");
        }
    }
}
