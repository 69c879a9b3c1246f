package io.github.keycloaknylas.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ShownGrant;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

/** What a token says of a user's grants. */
class GrantClaimsTest {

    @Test
    void aConnectedGrantIsNamedAndDescribed() throws IOException {
        assertThat(json(GrantRows.connected("microsoft", "g-1", "ada@example.com")))
                .isEqualTo(tree("{'nylas_grant_id':'g-1','nylas_grants':[{'provider':'microsoft','grant_id':'g-1',"
                        + "'email':'ada@example.com','status':'connected'}]}"));
    }

    @Test
    void withoutAGrantTheArrayIsEmptyAndTheIdIsAbsent() throws IOException {
        assertThat(json()).isEqualTo(tree("{'nylas_grants':[]}"));
    }

    @Test
    void aGrantThatNeedsANewSignInIsMarkedSo() {
        assertThat(GrantClaims.of(List.of(GrantRows.reconnect("microsoft", "g-1")))
                        .grants())
                .extracting(GrantClaim::status)
                .containsExactly("reconnect");
    }

    @Test
    void ofSeveralProvidersTheFirstByAliasGivesTheId() {
        Map<String, Object> claims = claims(
                GrantRows.connected("work", "g-work", null),
                GrantRows.connected("Private", "g-private", null),
                GrantRows.connected("home", "g-home", null));
        assertThat(claims).containsEntry(GrantClaims.GRANT_ID, "g-private");
        assertThat(GrantClaims.of(List.of(
                                GrantRows.connected("work", "g-work", null),
                                GrantRows.connected("home", "g-home", null)))
                        .grants())
                .extracting(GrantClaim::provider)
                .containsExactly("home", "work");
    }

    @Test
    void theIdStaysTheSameWhileItsOwnerHasToSignInAgain() {
        assertThat(claims(GrantRows.reconnect("a", "g-a"), GrantRows.connected("b", "g-b", null)))
                .containsEntry(GrantClaims.GRANT_ID, "g-a");
    }

    @Test
    void anUnknownAddressIsLeftOut() throws IOException {
        assertThat(json(GrantRows.connected("microsoft", "g-1", null)))
                .isEqualTo(tree("{'nylas_grant_id':'g-1','nylas_grants':[{'provider':'microsoft','grant_id':'g-1',"
                        + "'status':'connected'}]}"));
    }

    private static Map<String, Object> claims(ShownGrant... rows) {
        Map<String, Object> claims = new HashMap<>();
        GrantClaims.of(List.of(rows)).writeTo(claims);
        return claims;
    }

    private static Object json(ShownGrant... rows) throws IOException {
        return JsonSerialization.mapper.readTree(JsonSerialization.writeValueAsString(claims(rows)));
    }

    private static Object tree(String text) throws IOException {
        return JsonSerialization.mapper.readTree(text.replace('\'', '"'));
    }
}
