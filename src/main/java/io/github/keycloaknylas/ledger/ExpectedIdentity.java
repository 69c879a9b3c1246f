package io.github.keycloaknylas.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who signed in, in the words of the identity provider: what Nylas' answer is held against. Any part may be missing.
 *
 * @param objectId Graph id, which is the {@code oid} claim of Entra's ID tokens
 * @param tenantId Entra tenant
 * @param mail primary address
 * @param userPrincipalName Entra sign-in name
 * @param preferredUsername {@code preferred_username} claim
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExpectedIdentity(
        String objectId, String tenantId, String mail, String userPrincipalName, String preferredUsername) {

    private static final String PERSONAL = "00000000-0000-0000-";

    /**
     * Whether a grant is for this person's mailbox. A matching id wins; otherwise one of the names must match, ignoring
     * case. An answer that names neither fits nobody: a mailbox is never taken on trust.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     */
    @JsonIgnore
    public boolean fits(String providerUserId, String email) {
        if (objectId != null && providerUserId != null && graphId(objectId).equals(graphId(providerUserId))) {
            return true;
        }
        return email != null
                && Stream.of(mail, userPrincipalName, preferredUsername)
                        .filter(Objects::nonNull)
                        .anyMatch(name -> fold(name).equals(fold(email)));
    }

    // Graph shows a personal account's id as 16 digits, its ID tokens as a GUID that begins with zeros.
    private static String graphId(String id) {
        String folded = fold(id);
        return folded.startsWith(PERSONAL) ? folded.substring(PERSONAL.length()).replace("-", "") : folded;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
