package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.TableProbe;
import io.github.keycloaknylas.monitoring.JarVersion;
import java.time.InstantSource;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** A global listener, active in every realm without configuration. */
public final class GrantEventListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

    static final String ID = "nylas-grants";

    private final LoginCompletion completion = new LoginCompletion(InstantSource.system());

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new GrantEventListener(session, completion);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        TableProbe table = TableProbe.ofEvidence(System::nanoTime);
        table.watch(factory);
        factory.register(new LinkWatcher(table, InstantSource.system()));
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return JarVersion.info();
    }
}
