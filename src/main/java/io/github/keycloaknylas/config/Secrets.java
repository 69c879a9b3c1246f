package io.github.keycloaknylas.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/**
 * Looks up secrets that are given as vault references. Keycloak's vault belongs to the realm of the session context.
 */
final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("^\\$\\{vault\\..+}$");

    private Secrets() {}

    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** Returns the secret; a value that is no reference is the secret itself. Empty if the vault has no such entry. */
    static Optional<String> resolve(KeycloakSession session, String value) {
        if (!isReference(value)) {
            return Optional.of(value);
        }
        try (VaultStringSecret secret = session.vault().getStringSecret(value)) {
            return secret.get().map(String::trim).filter(text -> !text.isEmpty());
        }
    }
}
