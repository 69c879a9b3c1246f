package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Nylas' lasting connection to one mailbox.
 *
 * @param id the grant ID
 * @param provider the mail provider's name at Nylas
 * @param email the mailbox, or null when the provider did not disclose it
 * @param name the display name, or null
 * @param providerUserId the provider's ID of the person (Microsoft Graph's user ID), or null
 * @param credentialId the credential whose client exchanged the token
 * @param scope the scopes in short form
 * @param valid true for the status {@code valid}, false for {@code invalid}
 * @param blocked true if Nylas has blocked it
 * @param state what the request gave as {@code state}, or null
 * @param userAgent the {@code User-Agent} of the last authentication, or null
 * @param createdAt the first authentication
 * @param updatedAt the last authentication
 * @param authentications how often it was authenticated, the first time included
 */
public record Grant(
        String id,
        String provider,
        String email,
        String name,
        String providerUserId,
        String credentialId,
        List<String> scope,
        boolean valid,
        boolean blocked,
        String state,
        String userAgent,
        Instant createdAt,
        Instant updatedAt,
        int authentications) {

    private static final String GRAPH = "https://graph.microsoft.com/";

    public Grant {
        scope = scope.stream().map(Grant::shortForm).toList();
    }

    /** {@return {@code valid} or {@code invalid}, the only two there are} */
    public String status() {
        return valid ? "valid" : "invalid";
    }

    private static String shortForm(String scope) {
        return scope.toLowerCase(Locale.ROOT).startsWith(GRAPH) ? scope.substring(GRAPH.length()) : scope;
    }
}
