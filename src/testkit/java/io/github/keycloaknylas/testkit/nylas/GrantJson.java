package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;

/** The Grant object of the API; optional fields that have no value are left out. */
final class GrantJson {

    private GrantJson() {}

    static ObjectNode of(Grant grant) {
        ObjectNode json = Json.object()
                .put("id", grant.id())
                .put("provider", grant.provider())
                .put("grant_status", grant.status());
        json.set("scope", Json.strings(grant.scope()));
        putUnlessNull(json, "email", grant.email());
        putUnlessNull(json, "name", grant.name());
        putUnlessNull(json, "provider_user_id", grant.providerUserId());
        putUnlessNull(json, "credential_id", grant.credentialId());
        putUnlessNull(json, "state", grant.state());
        putUnlessNull(json, "user_agent", grant.userAgent());
        json.putObject("settings");
        return json.put("ip", "127.0.0.1")
                .put("blocked", grant.blocked())
                .put("created_at", grant.createdAt().getEpochSecond())
                .put("updated_at", grant.updatedAt().getEpochSecond());
    }

    private static void putUnlessNull(ObjectNode json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
