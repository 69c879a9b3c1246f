package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.leaks.Needle;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;

/** Collects as text all that a running server shows, logs or stores. */
public final class ExposedTexts {

    private static final List<String> ADMIN_PATHS = List.of(
            "",
            "/users?briefRepresentation=false",
            "/users/profile",
            "/users/profile/metadata",
            "/users/{user}",
            "/users/{user}/federated-identity",
            "/users/{user}/sessions",
            "/users/{user}/credentials",
            "/users/{user}/role-mappings",
            "/events",
            "/events/config",
            "/admin-events",
            "/identity-provider/instances",
            "/identity-provider/instances/{alias}",
            "/identity-provider/instances/{alias}/mappers",
            "/identity-provider/instances/{alias}/mapper-types",
            "/client-scopes",
            "/clients",
            "/client-session-stats",
            "/components",
            "/authentication/flows",
            "/roles",
            "/nylas/setup");

    private final KeycloakServer server;
    private final OurTables tables;
    private final TestRealm realm;
    private final RawHttpClient http;

    public ExposedTexts(KeycloakServer server, OurTables tables, TestRealm realm) {
        this.server = server;
        this.tables = tables;
        this.realm = realm;
        this.http = new RawHttpClient(server);
    }

    /** Keycloak keeps events only where it is told to. */
    public static void keepEvents(TestRealm realm) {
        RealmEventsConfigRepresentation events = realm.admin().getRealmEventsConfig();
        events.setEventsEnabled(true);
        events.setAdminEventsEnabled(true);
        events.setAdminEventsDetailsEnabled(true);
        realm.admin().updateRealmEventsConfig(events);
    }

    /** @param tokens of somebody who has signed in to the realm through the provider */
    public Map<String, String> texts(String alias, Tokens tokens) {
        Map<String, String> texts = new LinkedHashMap<>();
        URI admin = URI.create(server.baseUrl() + "/admin/realms/" + realm.name());
        for (String path : ADMIN_PATHS) {
            String address = admin + path.replace("{user}", tokens.userId()).replace("{alias}", alias);
            texts.put("admin" + path, http.asAdmin("GET", address));
        }
        texts.put("set-up call", http.asAdmin("POST", admin + "/nylas/setup"));
        texts.put(
                "partial export",
                http.asAdmin("POST", admin + "/partial-export?exportClients=true&exportGroupsAndRoles=true"));
        texts.put("server info", http.asAdmin("GET", server.baseUrl() + "/admin/serverinfo"));
        texts.put("access token", tokens.claims().toString());
        texts.put("ID token", tokens.idClaims().toString());
        texts.put("userinfo", http.as(tokens, realm.url() + "/protocol/openid-connect/userinfo"));
        texts.put("account", http.as(tokens, realm.url() + "/account"));
        texts.put("linked accounts", http.as(tokens, realm.url() + "/account/linked-accounts"));
        texts.put("stored broker token", http.as(tokens, realm.url() + "/broker/" + alias + "/token"));
        texts.put("metrics", http.plain(server.managementUrl() + "/metrics"));
        texts.put("health", http.plain(server.managementUrl() + "/health"));
        tables.names().forEach(table -> texts.put("table " + table, tables.dump(table)));
        texts.put("log", server.log());
        return texts;
    }

    public static List<String> with(Needle needle, Map<String, String> texts) {
        return texts.entrySet().stream()
                .filter(place -> needle.isIn(place.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
