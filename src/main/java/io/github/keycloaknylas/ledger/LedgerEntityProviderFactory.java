package io.github.keycloaknylas.ledger;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Supplies the database changelog. Keycloak finds the entities in the jar by itself; the name of the changelog table is
 * derived from the first ten letters of the ID.
 */
public final class LedgerEntityProviderFactory implements JpaEntityProviderFactory {

    static final String ID = "nylas-grants";
    static final String CHANGELOG = "META-INF/nylas-changelog.xml";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new LedgerEntityProvider();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    private static final class LedgerEntityProvider implements JpaEntityProvider {

        // Keycloak on Quarkus ignores this list and registers every entity of the jar, so it is empty.
        @Override
        public List<Class<?>> getEntities() {
            return List.of();
        }

        @Override
        public String getChangelogLocation() {
            return CHANGELOG;
        }

        @Override
        public String getFactoryId() {
            return ID;
        }

        @Override
        public void close() {}
    }
}
