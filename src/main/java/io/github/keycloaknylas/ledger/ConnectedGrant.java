package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A grant as Nylas returned it, and the application it belongs to.
 *
 * @param grantId Nylas' ID of the grant
 * @param email mailbox address, if Nylas returned it
 * @param providerUserId the provider's ID of the person, if Nylas returned it
 * @param scopes granted scopes, space-separated
 * @param connection the application
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

        @Embedded GrantConnection connection,
        @Column(name = "CONNECTED_AT") Long connectedAt) {

    private static final int LONGEST_SCOPES = 4000;

    /** Returns scopes in the form of the column: those that do not fit are left out entirely. */
    public static String scopes(Set<String> scopes) {
        String text = scopes.stream().sorted().collect(Collectors.joining(" "));
        return text.length() <= LONGEST_SCOPES
                ? text
                : text.substring(0, Math.max(0, text.lastIndexOf(' ', LONGEST_SCOPES)));
    }

    /** Returns a text that fits its column, or null in place of one longer than any real address or ID. */
    public static String bounded(String text, int longest) {
        return text == null || EscapedText.escape(text).length() > longest ? null : text;
    }

    /** Returns this grant with what Nylas reports of it now; what Nylas does not report is kept. */
    public ConnectedGrant reportedAs(String newEmail, String newProviderUserId, Set<String> newScopes) {
        return new ConnectedGrant(
                grantId,
                newEmail == null ? email : bounded(newEmail, 2000),
                newProviderUserId == null ? providerUserId : bounded(newProviderUserId, 255),
                newScopes.isEmpty() ? scopes : scopes(newScopes),
                connection,
                connectedAt);
    }

    /** Hash of URL, application and grant id: the key of the grant among all realms of the server. */
    public String hash() {
        return connection.grantHash(grantId);
    }

    /** Hash of the grant together with the mailbox that it is now: its ID and address at the mail provider. */
    String mailboxHash() {
        return Digests.sha256(
                hash(),
                Objects.toString(providerUserId, ""),
                Objects.toString(email, "").toLowerCase(Locale.ROOT));
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
