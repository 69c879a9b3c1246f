package io.github.keycloaknylas.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.config.Digests;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
        return compare(providerUserId, email).fits(false);
    }

    /**
     * How a grant's mailbox agrees with this person. What is blank counts as missing, and case is ignored.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     */
    public Fit compare(String providerUserId, String email) {
        boolean sameAddress = isKnown(email) && addresses().anyMatch(fold(email)::equals);
        if (!isKnown(objectId) || !isKnown(providerUserId)) {
            return sameAddress ? Fit.SAME_ADDRESS : Fit.NEITHER;
        }
        if (graphId(objectId).equals(graphId(providerUserId))) {
            return Fit.SAME_ID;
        }
        return sameAddress ? Fit.OTHER_ID_SAME_ADDRESS : Fit.OTHER_ID;
    }

    /**
     * One hash for the id and one for each address, as far as they are known. Shares at least one with {@link
     * #hashes(String, String)} of every grant that fits.
     */
    public Set<String> hashes() {
        return hashes(objectId, addresses());
    }

    /**
     * The hashes of a grant's mailbox.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     */
    public static Set<String> hashes(String providerUserId, String email) {
        return hashes(providerUserId, known(email));
    }

    private static Set<String> hashes(String id, Stream<String> addresses) {
        Stream<String> ofId = Stream.ofNullable(id)
                .filter(ExpectedIdentity::isKnown)
                .map(known -> Digests.sha256("id", graphId(known)));
        Stream<String> ofAddresses = addresses.map(address -> Digests.sha256("address", address));
        return Stream.concat(ofId, ofAddresses).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> addresses() {
        return known(mail, userPrincipalName, preferredUsername);
    }

    private static Stream<String> known(String... names) {
        return Stream.of(names).filter(ExpectedIdentity::isKnown).map(ExpectedIdentity::fold);
    }

    private static boolean isKnown(String text) {
        return text != null && !text.isBlank();
    }

    /** Whether another sign-in names another person: two known ids that differ. */
    public boolean isOtherPerson(ExpectedIdentity other) {
        return isKnown(objectId)
                && isKnown(other.objectId)
                && !graphId(objectId).equals(graphId(other.objectId));
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
