package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectionGrants.Holding;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The grants of an application as Nylas listed them: their IDs, whether they are valid, and whose mailbox they are. */
final class GrantListing {

    /** Hashes in place of texts, since there may be very many; a mailbox that seems to differ is asked about anyway. */
    private record Listed(boolean valid, Integer email, Integer providerUserId) {

        Listed(NylasGrant grant) {
            this(grant.valid(), hash(grant.email()), hash(grant.providerUserId()));
        }

        boolean differs(Holding mailbox) {
            return differ(email, hash(mailbox.email())) || differ(providerUserId, hash(mailbox.providerUserId()));
        }

        private static Integer hash(String text) {
            return text == null ? null : Integer.valueOf(text.hashCode());
        }

        private static boolean differ(Integer one, Integer other) {
            return one != null && other != null && !one.equals(other);
        }
    }

    private final Map<String, Listed> grants = new HashMap<>();

    /**
     * Adds a page.
     *
     * @return whether it had a grant that no earlier page had
     */
    boolean add(List<NylasGrant> page) {
        int before = grants.size();
        page.forEach(grant -> grants.put(grant.id(), new Listed(grant)));
        return grants.size() > before;
    }

    boolean isMissing(String grantId) {
        return !grants.containsKey(grantId);
    }

    boolean isValid(String grantId) {
        return grants.containsKey(grantId) && grants.get(grantId).valid();
    }

    /** Returns whether the listed grant has another address or user than the ledger, as far as both are known. */
    boolean isOfOtherMailbox(Holding mailbox) {
        return grants.containsKey(mailbox.grantId())
                && grants.get(mailbox.grantId()).differs(mailbox);
    }

    Set<String> ids() {
        return grants.keySet();
    }

    int size() {
        return grants.size();
    }
}
