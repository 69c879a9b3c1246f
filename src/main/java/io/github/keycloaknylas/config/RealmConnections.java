package io.github.keycloaknylas.config;

import io.github.keycloaknylas.hashing.Digests;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;

/** Connections that a realm supplies: its own URL with its own key from its vault. */
final class RealmConnections {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHORT = Pattern.compile("[!-~&&[^\\\\]]{1,255}");

    private RealmConnections() {}

    /** @throws ConnectionException if the mapper's URL or key is missing, or the key is not a vault reference */
    static ConnectionSettings of(RealmModel realm, String alias, MapperSettings mapper) {
        mapper.connectionProblems().stream().findFirst().ifPresent(problem -> {
            throw new ConnectionException(problem);
        });
        return new ConnectionSettings(
                ConnectionSettings.nameOf(realm.getId(), readable(alias)),
                ConnectionSettings.url(mapper.ownApiUrl().orElseThrow()),
                mapper.ownApiKey().orElseThrow(),
                Optional.empty(),
                mapper.credentialId());
    }

    /**
     * Returns the connection that a realm supplied for a grant.
     *
     * @param realm null if it does not exist any more
     * @throws ConnectionException if the realm, whose vault holds the key, does not exist any more
     */
    static ConnectionSettings former(RealmModel realm, String name, String apiUrl, String keyReference) {
        if (realm == null || keyReference == null || !Secrets.isReference(keyReference)) {
            throw new ConnectionException("The realm of the Nylas connection '" + name + "' does not exist any more.");
        }
        return new ConnectionSettings(name, URI.create(apiUrl), keyReference, Optional.empty(), Optional.empty());
    }

    /** Returns the alias of the provider, unless the name has a hash in its place. */
    static Optional<String> alias(RealmModel realm, String name) {
        return Optional.of(name.substring(
                        ConnectionSettings.nameOf(realm.getId(), "").length()))
                .filter(alias -> !HASH.matcher(alias).matches());
    }

    // The name is stored in a bounded column, where any other letter takes six characters.
    private static String readable(String alias) {
        return SHORT.matcher(alias).matches() ? alias : Digests.sha256(alias);
    }
}
