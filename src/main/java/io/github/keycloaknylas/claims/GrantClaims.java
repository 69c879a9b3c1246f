package io.github.keycloaknylas.claims;

import io.github.keycloaknylas.ledger.ShownGrant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The grants of a user as a token shows them.
 *
 * @param grants in the order of their providers' aliases; the first is the one that {@code nylas_grant_id} names
 */
record GrantClaims(List<GrantClaim> grants) {

    static final String GRANT_ID = "nylas_grant_id";
    static final String GRANTS = "nylas_grants";
    static final GrantClaims NONE = new GrantClaims(List.of());

    static GrantClaims of(Collection<ShownGrant> shown) {
        return new GrantClaims(shown.stream()
                .map(GrantClaim::of)
                // Sorted here because the database would order the escaped aliases by its own collation.
                .sorted(Comparator.comparing(GrantClaim::provider).thenComparing(GrantClaim::grantId))
                .toList());
    }

    void writeTo(Map<String, Object> claims) {
        claims.put(GRANTS, grants);
        grants.stream().findFirst().ifPresent(first -> claims.put(GRANT_ID, first.grantId()));
    }
}
