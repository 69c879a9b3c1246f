package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;

/** Keycloak's own LDAP user federation of a realm, and what an administrator does to it. */
public final class LdapFederation {

    /** How Keycloak keeps the users of the directory. */
    public enum Kind {
        /** Copied into Keycloak's own tables; an attribute of the directory cannot be changed. */
        IMPORTING("true", "READ_ONLY"),
        /** Copied; changes stay in Keycloak. */
        IMPORTING_UNSYNCED("true", "UNSYNCED"),
        /** Read from the directory each time; Keycloak stores only what it adds, under {@code f:<component>:<name>}. */
        NOT_IMPORTING("false", "READ_ONLY");

        private final String importEnabled;
        private final String editMode;

        Kind(String importEnabled, String editMode) {
            this.importEnabled = importEnabled;
            this.editMode = editMode;
        }
    }

    private final TestRealm realm;
    private final String id;

    private LdapFederation(TestRealm realm, String id) {
        this.realm = realm;
        this.id = id;
    }

    public static LdapFederation add(TestRealm realm, DirectoryServer directory, Kind kind) {
        ComponentRepresentation component = new ComponentRepresentation();
        component.setName("directory");
        component.setProviderId("ldap");
        component.setProviderType("org.keycloak.storage.UserStorageProvider");
        component.setParentId(realm.admin().toRepresentation().getId());
        component.setConfig(new MultivaluedHashMap<>());
        settings(directory, kind).forEach(component.getConfig()::putSingle);
        try (Response response = realm.admin().components().add(component)) {
            return new LdapFederation(realm, CreatedResponseUtil.getCreatedId(response));
        }
    }

    private static Map<String, String> settings(DirectoryServer directory, Kind kind) {
        return Map.ofEntries(
                Map.entry("vendor", "other"),
                Map.entry("connectionUrl", directory.url()),
                Map.entry("bindDn", DirectoryServer.BIND_DN),
                Map.entry("bindCredential", DirectoryServer.BIND_PASSWORD),
                Map.entry("authType", "simple"),
                Map.entry("usersDn", DirectoryServer.PEOPLE),
                Map.entry("usernameLDAPAttribute", "uid"),
                Map.entry("rdnLDAPAttribute", "uid"),
                Map.entry("uuidLDAPAttribute", "entryUUID"),
                Map.entry("userObjectClasses", "inetOrgPerson"),
                Map.entry("searchScope", "1"),
                Map.entry("connectionTimeout", "2000"),
                Map.entry("readTimeout", "2000"),
                Map.entry("enabled", "true"),
                Map.entry("importEnabled", kind.importEnabled),
                Map.entry("editMode", kind.editMode));
    }

    public void disable() {
        set("enabled", "false");
    }

    public void enable() {
        set("enabled", "true");
    }

    /** <em>Remove imported</em> of the console. */
    public void removeImportedUsers() {
        realm.admin().userStorage().removeImportedUsers(id);
    }

    /** <em>Unlink users</em> of the console: imported users become Keycloak's own. */
    public void unlinkUsers() {
        realm.admin().userStorage().unlink(id);
    }

    public void delete() {
        realm.admin().components().component(id).remove();
    }

    private void set(String key, String value) {
        ComponentRepresentation component =
                realm.admin().components().component(id).toRepresentation();
        component.getConfig().putSingle(key, value);
        realm.admin().components().component(id).update(component);
    }
}
