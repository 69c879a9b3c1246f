package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.nylas.NylasGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The grants of an application as Nylas listed them: their IDs, and whether they are valid. */
final class GrantListing {

    private final Map<String, Boolean> valid = new HashMap<>();

    /**
     * Adds a page.
     *
     * @return whether it had a grant that no earlier page had
     */
    boolean add(List<NylasGrant> page) {
        int before = valid.size();
        page.forEach(grant -> valid.put(grant.id(), grant.valid()));
        return valid.size() > before;
    }

    boolean isMissing(String grantId) {
        return !valid.containsKey(grantId);
    }

    boolean isValid(String grantId) {
        return valid.getOrDefault(grantId, false);
    }

    Set<String> ids() {
        return valid.keySet();
    }

    int size() {
        return valid.size();
    }
}
