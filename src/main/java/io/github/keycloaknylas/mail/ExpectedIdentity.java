package io.github.keycloaknylas.mail;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.keycloaknylas.hashing.Digests;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The person who signed in, as read from the broker's response, for comparison with Nylas' response. Any part may
 * be missing.
 *
 * @param id the provider's ID of the person, the kind that Nylas returns as {@code provider_user_id}
 * @param tenantId the organisation that the person belongs to
 * @param mail primary address
 * @param signInName another address that names the person at the provider
 * @param preferredUsername {@code preferred_username} claim
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExpectedIdentity(
        @JsonProperty("objectId") String id,
        @JsonProperty("tenantId") String tenantId,
        @JsonProperty("mail") String mail,
        @JsonProperty("userPrincipalName") String signInName,
        @JsonProperty("preferredUsername") String preferredUsername) {

    /**
     * Returns whether a grant is for this person's mailbox. A matching ID wins; otherwise one of the addresses must
     * match, ignoring case. A response with neither fits no person: a mailbox is never taken on trust.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     * @param provider whose IDs they are
     */
    public boolean fits(String providerUserId, String email, MailProvider provider) {
        return compare(providerUserId, email, provider).fits(false);
    }

    /**
     * Compares a grant's mailbox with this person. Blank values count as missing, and the case of addresses is ignored.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     * @param provider whose IDs they are
     */
    public IdentityMatch compare(String providerUserId, String email, MailProvider provider) {
        boolean sameAddress = isKnown(email) && addresses().anyMatch(fold(email)::equals);
        if (!isKnown(id) || !isKnown(providerUserId)) {
            return sameAddress ? IdentityMatch.SAME_ADDRESS : IdentityMatch.NEITHER;
        }
        if (provider.comparableId(id).equals(provider.comparableId(providerUserId))) {
            return IdentityMatch.SAME_ID;
        }
        return sameAddress ? IdentityMatch.OTHER_ID_SAME_ADDRESS : IdentityMatch.OTHER_ID;
    }

    /**
     * Returns whether another sign-in is of a different person: two known IDs that differ.
     *
     * @param provider whose IDs they are
     */
    public boolean isOtherPerson(ExpectedIdentity other, MailProvider provider) {
        return isKnown(id) && isKnown(other.id) && !provider.comparableId(id).equals(provider.comparableId(other.id));
    }

    /**
     * Returns one hash for the ID and one for each address, as far as they are known. Shares at least one with {@link
     * #hashes(String, String, MailProvider)} of every grant that fits.
     *
     * @param provider whose ID it is
     */
    public Set<String> hashes(MailProvider provider) {
        return hashes(id, addresses(), provider);
    }

    /**
     * Returns the hashes of a grant's mailbox.
     *
     * @param providerUserId {@code provider_user_id} of the grant, or null
     * @param email {@code email} of the grant, or null
     * @param provider whose ID it is
     */
    public static Set<String> hashes(String providerUserId, String email, MailProvider provider) {
        return hashes(providerUserId, known(email), provider);
    }

    private static Set<String> hashes(String id, Stream<String> addresses, MailProvider provider) {
        Stream<String> ofId = Stream.ofNullable(id)
                .filter(ExpectedIdentity::isKnown)
                .map(known -> Digests.sha256("id", provider.comparableId(known)));
        Stream<String> ofAddresses = addresses.map(address -> Digests.sha256("address", address));
        return Stream.concat(ofId, ofAddresses).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the address under which the person is known best, in lower case. */
    public Optional<String> address() {
        return addresses().findFirst();
    }

    private Stream<String> addresses() {
        return known(mail, signInName, preferredUsername);
    }

    private static Stream<String> known(String... names) {
        return Stream.of(names).filter(ExpectedIdentity::isKnown).map(ExpectedIdentity::fold);
    }

    private static boolean isKnown(String text) {
        return text != null && !text.isBlank();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
