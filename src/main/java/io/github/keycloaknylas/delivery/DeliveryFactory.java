package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.ledger.Mailbox;
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
    private volatile DeliveryRoom room;

    @Override
    public Delivery create(KeycloakSession session) {
        return new RoomDelivery(room);
    }

    @Override
    public void init(Config.Scope config) {
        settings = DeliverySettings.from(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                room = DeliveryRoom.open(factory, settings);
            }
        });
    }

    /** What the last calls of a stopping node need: Keycloak closes it only after us. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class, HttpClientProvider.class, ExecutorsProvider.class);
    }

    @Override
    public void close() {
        DeliveryRoom open = room;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String getId() {
        return "default";
    }

    /** Passes messages on; before the node is ready there is nobody to tell, and the timer finds what was missed. */
    private record RoomDelivery(DeliveryRoom room) implements Delivery {

        @Override
        public void nudge() {
            if (room != null) {
                room.nudge();
            }
        }

        @Override
        public void linkChanged(Mailbox mailbox) {
            if (room != null) {
                room.linkChanged(mailbox);
            }
        }

        @Override
        public void userGone(String realmId, String userId) {
            if (room != null) {
                room.userGone(realmId, userId);
            }
        }

        @Override
        public void close() {}
    }
}
