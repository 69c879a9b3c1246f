package io.github.keycloaknylas.support.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.FederatedIdentityEntity;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.GroupRoleMappingEntity;
import org.keycloak.models.jpa.entities.RoleAttributeEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRequiredActionEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;
import org.keycloak.storage.jpa.entity.BrokerLinkEntity;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserAttributeEntity;

/** Keycloak's tables of users and links, with the columns that the changelogs of Keycloak 26.4 leave them with. */
public final class KeycloakTables {

    private static final List<String> TABLES = List.of("""
            CREATE TABLE USER_ENTITY (
                ID VARCHAR(36) NOT NULL PRIMARY KEY, USERNAME VARCHAR(255), EMAIL VARCHAR(255),
                EMAIL_CONSTRAINT VARCHAR(255), EMAIL_VERIFIED BOOLEAN NOT NULL, ENABLED BOOLEAN NOT NULL,
                FEDERATION_LINK VARCHAR(255), FIRST_NAME VARCHAR(255), LAST_NAME VARCHAR(255), REALM_ID VARCHAR(255),
                CREATED_TIMESTAMP BIGINT, SERVICE_ACCOUNT_CLIENT_LINK VARCHAR(255), NOT_BEFORE INT NOT NULL)
            """, """
            CREATE TABLE USER_ATTRIBUTE (
                ID VARCHAR(36) NOT NULL PRIMARY KEY, NAME VARCHAR(255) NOT NULL, VALUE VARCHAR(255),
                USER_ID VARCHAR(36) NOT NULL, LONG_VALUE_HASH %1$s, LONG_VALUE_HASH_LOWER_CASE %1$s, LONG_VALUE TEXT)
            """, """
            CREATE TABLE FEDERATED_IDENTITY (
                IDENTITY_PROVIDER VARCHAR(255) NOT NULL, REALM_ID VARCHAR(36), FEDERATED_USER_ID VARCHAR(255),
                FEDERATED_USERNAME VARCHAR(255), TOKEN TEXT, USER_ID VARCHAR(36) NOT NULL,
                PRIMARY KEY (IDENTITY_PROVIDER, USER_ID))
            """, """
            CREATE TABLE BROKER_LINK (
                IDENTITY_PROVIDER VARCHAR(255) NOT NULL, STORAGE_PROVIDER_ID VARCHAR(255), REALM_ID VARCHAR(36) NOT NULL,
                BROKER_USER_ID VARCHAR(255), BROKER_USERNAME VARCHAR(255), TOKEN TEXT, USER_ID VARCHAR(255) NOT NULL,
                PRIMARY KEY (IDENTITY_PROVIDER, USER_ID))
            """, """
            CREATE TABLE FEDERATED_USER (
                ID VARCHAR(255) NOT NULL PRIMARY KEY, STORAGE_PROVIDER_ID VARCHAR(255), REALM_ID VARCHAR(36) NOT NULL)
            """, """
            CREATE TABLE FED_USER_ATTRIBUTE (
                ID VARCHAR(36) NOT NULL PRIMARY KEY, NAME VARCHAR(255) NOT NULL, USER_ID VARCHAR(255) NOT NULL,
                REALM_ID VARCHAR(36) NOT NULL, STORAGE_PROVIDER_ID VARCHAR(36), VALUE VARCHAR(2024),
                LONG_VALUE_HASH %1$s, LONG_VALUE_HASH_LOWER_CASE %1$s, LONG_VALUE TEXT)
            """, """
            CREATE TABLE KEYCLOAK_ROLE (
                ID VARCHAR(36) NOT NULL PRIMARY KEY, CLIENT_REALM_CONSTRAINT VARCHAR(255), CLIENT_ROLE BOOLEAN NOT NULL,
                DESCRIPTION VARCHAR(255), NAME VARCHAR(255), REALM_ID VARCHAR(255), CLIENT VARCHAR(36))
            """, """
            CREATE TABLE COMPOSITE_ROLE (
                COMPOSITE VARCHAR(36) NOT NULL, CHILD_ROLE VARCHAR(36) NOT NULL, PRIMARY KEY (COMPOSITE, CHILD_ROLE))
            """, """
            CREATE TABLE USER_ROLE_MAPPING (
                ROLE_ID VARCHAR(255) NOT NULL, USER_ID VARCHAR(36) NOT NULL, PRIMARY KEY (ROLE_ID, USER_ID))
            """, """
            CREATE TABLE KEYCLOAK_GROUP (
                ID VARCHAR(36) NOT NULL PRIMARY KEY, NAME VARCHAR(255), PARENT_GROUP VARCHAR(36) NOT NULL,
                REALM_ID VARCHAR(36), TYPE INT NOT NULL, DESCRIPTION VARCHAR(255))
            """, """
            CREATE TABLE GROUP_ROLE_MAPPING (
                ROLE_ID VARCHAR(36) NOT NULL, GROUP_ID VARCHAR(36) NOT NULL, PRIMARY KEY (ROLE_ID, GROUP_ID))
            """, """
            CREATE TABLE USER_GROUP_MEMBERSHIP (
                GROUP_ID VARCHAR(36) NOT NULL, USER_ID VARCHAR(36) NOT NULL, MEMBERSHIP_TYPE VARCHAR(255) NOT NULL,
                PRIMARY KEY (GROUP_ID, USER_ID))
            """);

    private KeycloakTables() {}

    /** The entities of these tables and those that they refer to. */
    static Class<?>[] entities() {
        return new Class<?>[] {
            UserEntity.class,
            UserAttributeEntity.class,
            UserRequiredActionEntity.class,
            CredentialEntity.class,
            FederatedIdentityEntity.class,
            BrokerLinkEntity.class,
            FederatedUser.class,
            FederatedUserAttributeEntity.class,
            RoleEntity.class,
            RoleAttributeEntity.class,
            UserRoleMappingEntity.class,
            GroupEntity.class,
            GroupAttributeEntity.class,
            GroupRoleMappingEntity.class,
            UserGroupMembershipEntity.class
        };
    }

    static void create(Connection connection) throws SQLException {
        boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table.formatted(postgres ? "BYTEA" : "VARBINARY(64)"));
            }
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    /** For tests that write to them, before they begin. */
    public static void empty(TestDatabase database) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            em.createNativeQuery("delete from COMPOSITE_ROLE").executeUpdate();
            for (String entity : List.of(
                    "UserRoleMappingEntity",
                    "UserGroupMembershipEntity",
                    "GroupRoleMappingEntity",
                    "RoleEntity",
                    "GroupEntity",
                    "FederatedIdentityEntity",
                    "UserAttributeEntity",
                    "UserEntity",
                    "BrokerLinkEntity",
                    "FederatedUserAttributeEntity",
                    "FederatedUser")) {
                em.createQuery("delete from " + entity).executeUpdate();
            }
            em.getTransaction().commit();
        }
    }
}
