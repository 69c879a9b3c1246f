package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.limits.OpenBreaker;
import java.util.List;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;

/** Starts the delivery of this node once the database is migrated, and stops it with the server. */
public final class DeliveryFactory implements DeliveryProviderFactory {

    private DeliverySettings settings;
    private ReconciliationSettings reconciliation;
    private volatile DeliveryRuntime runtime;

    @Override
    public Delivery create(KeycloakSession session) {
        return new RuntimeDelivery(runtime);
    }

    @Override
    public void init(Config.Scope config) {
        settings = DeliverySettings.from(config);
        reconciliation = ReconciliationSettings.from(Config.scope(ReconciliationSettings.SPI, getId()));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                runtime = DeliveryRuntime.open(factory, settings, reconciliation);
            }
        });
    }

    /** Declared as dependencies so that Keycloak closes them after the workers have stopped. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class, HttpClientProvider.class, ExecutorsProvider.class);
    }

    @Override
    public void close() {
        DeliveryRuntime open = runtime;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String getId() {
        return "default";
    }

    /**
     * Forwards notifications to the runtime. Ignored until the node has started; the poll timer picks
     * up anything missed.
     */
    private record RuntimeDelivery(DeliveryRuntime runtime) implements Delivery {

        @Override
        public void wake() {
            if (runtime != null) {
                runtime.wake();
            }
        }

        @Override
        public void userChanged(String realmId, String userId) {
            if (runtime != null) {
                runtime.userChanged(realmId, userId);
            }
        }

        @Override
        public List<OpenBreaker> openBreakers() {
            return runtime == null ? List.of() : runtime.openBreakers();
        }

        @Override
        public void close() {}
    }
}
