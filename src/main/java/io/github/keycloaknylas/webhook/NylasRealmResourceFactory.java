package io.github.keycloaknylas.webhook;

import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers {@link WebhookResource} at {@code /realms/{realm}/nylas}. */
public final class NylasRealmResourceFactory implements RealmResourceProviderFactory {

    private static final Logger LOG = Logger.getLogger(NylasRealmResourceFactory.class);

    private final Receiver receiver =
            new Receiver(new ThrottledWarnings(LOG, InstantSource.system()), InstantSource.system());

    @Override
    public String getId() {
        return "nylas";
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Provider(new WebhookResource(session, receiver));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    private record Provider(WebhookResource resource) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return resource;
        }

        @Override
        public void close() {}
    }
}
