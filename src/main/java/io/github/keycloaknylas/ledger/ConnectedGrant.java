package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Nylas said of a grant, and where it lives.
 *
 * @param grantId Nylas' id of the grant
 * @param email mailbox address, if Nylas named it
 * @param providerUserId Microsoft's id of the person, if Nylas named it
 * @param scopes granted scopes, space-separated
 * @param connection name of the connection, see {@link io.github.keycloaknylas.config.Endpoint}
 * @param fingerprint of the connection
 * @param keyReference where the API key comes from, never the key
 * @param connectedAt when Nylas answered, in milliseconds since the epoch
 */
@Embeddable
public record ConnectedGrant(
        @Column(name = "GRANT_ID", length = 255) String grantId,

        @Column(name = "EMAIL", length = 2000) @Convert(converter = EscapedText.class)
        String email,

        @Column(name = "PROVIDER_USER_ID", length = 255) @Convert(converter = EscapedText.class)
        String providerUserId,

        @Column(name = "SCOPES", length = 4000) @Convert(converter = EscapedText.class)
        String scopes,

        @Column(name = "CONNECTION_NAME", length = 600) @Convert(converter = EscapedText.class)
        String connection,

        @Column(name = "FINGERPRINT", length = 64) String fingerprint,

        @Column(name = "KEY_REFERENCE", length = 600) @Convert(converter = EscapedText.class)
        String keyReference,

        @Column(name = "CONNECTED_AT") Long connectedAt) {

    private static final int LONGEST_SCOPES = 4000;

    /** Scopes as the column takes them: what does not fit is left out whole. */
    public static String scopes(Set<String> scopes) {
        String text = scopes.stream().sorted().collect(Collectors.joining(" "));
        return text.length() <= LONGEST_SCOPES
                ? text
                : text.substring(0, Math.max(0, text.lastIndexOf(' ', LONGEST_SCOPES)));
    }

    /** A text that a column takes, or null in place of one that is longer than any real address or id. */
    public static String bounded(String text, int longest) {
        return text == null || EscapedText.escape(text).length() > longest ? null : text;
    }

    /** The granted scopes one by one, as Nylas spelt them. */
    public Set<String> scopeSet() {
        return scopes == null
                ? Set.of()
                : Stream.of(scopes.split(" "))
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
