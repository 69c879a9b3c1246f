package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.WrittenAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The attributes that the mappers of one realm write. Each mapper is read once, since Keycloak does not cache them. */
final class AttributeNames {

    private final KeycloakSession session;
    private final Map<String, Optional<String>> byAlias = new HashMap<>();

    /** @param session bound to the realm */
    AttributeNames(KeycloakSession session) {
        this.session = session;
    }

    KeycloakSession session() {
        return session;
    }

    /** Takes the attribute of a mapper that this worker has just read in another transaction. */
    void known(String alias, String attribute) {
        byAlias.put(key(alias), Optional.of(attribute));
    }

    /** Returns the attribute for a row; without a mapper, the one that was written last. */
    Optional<String> of(GrantEntity row) {
        return byAlias.computeIfAbsent(
                        key(row.mailbox().alias()),
                        alias -> MapperSettings.find(session, row.mailbox().alias())
                                .map(MapperSettings::attribute))
                .or(() -> row.writtenAttribute().map(WrittenAttribute::name));
    }

    private static String key(String alias) {
        return Objects.toString(alias, "");
    }
}
