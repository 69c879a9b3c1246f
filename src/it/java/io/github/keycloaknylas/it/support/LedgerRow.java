package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.hashing.Digests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A row of the ledger that no sign-in has made, in any state that a test needs. It has no alias, so that the sweep
 * leaves it as it is, and no lane, so that no worker finds it.
 */
public final class LedgerRow {

    private final Map<String, Object> columns = new LinkedHashMap<>();

    private LedgerRow(String realmId, String userId) {
        String id = UUID.randomUUID().toString();
        with("id", id).with("row_version", 0).with("key_hash", Digests.sha256(id));
        with("origin", "SIGN_IN").with("realm_id", realmId);
        with("user_id", userId).with("user_hash", Digests.sha256(realmId, userId));
        with("grant_state", "ABSENT").with("state_at", 1L).with("handover_state", "NONE");
        with("priority", 0).with("attempts", 0).with("refusals", 0);
        with("attribute_due", false).with("attribute_attempts", 0);
    }

    public static LedgerRow of(String realmId, String userId) {
        return new LedgerRow(realmId, userId);
    }

    /** With a grant of this application, which the attribute shows. */
    public LedgerRow connected(String alias, TestConnection connection) {
        String realmId = (String) columns.get("realm_id");
        String grantId = UUID.randomUUID().toString();
        String url = TestEnvironment.NYLAS.uri().toString();
        String application = connection.application().id();
        with("provider_hash", Digests.sha256(realmId, alias)).with("grant_state", "CONNECTED");
        with("grant_id", grantId).with("grant_hash", Digests.sha256(url, application, grantId));
        with("api_url", url).with("application_id", application).with("connection_name", connection.name());
        with("attribute_user_id", columns.get("user_id"));
        return with("attribute_name", MicrosoftRealm.ATTRIBUTE).with("attribute_value", grantId);
    }

    public LedgerRow with(String column, Object value) {
        columns.put(column, value);
        return this;
    }

    public String grantId() {
        return (String) columns.get("grant_id");
    }

    public void insertInto(OurTables tables) {
        String names = String.join(", ", columns.keySet());
        String values = "?, ".repeat(columns.size() - 1) + "?";
        tables.insert(
                "insert into nylas_grant (" + names + ") values (" + values + ")",
                List.<Object[]>of(columns.values().toArray()));
    }
}
