package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.monitoring.JarVersion;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Captures the refresh token of a sign-in. This identity-provider mapper is the extension's only switch. It works
 * before the user is known, in the only hook that runs at every login whatever the sync mode.
 */
public final class RefreshTokenMapper extends AbstractIdentityProviderMapper implements ServerInfoAwareProviderFactory {

    private final TableProbe tables = new TableProbe(System::nanoTime);
    private final MailProviders providers;
    private final LoginGuard guard;
    private final CaptureOpener opener;

    /** Called by Keycloak, which creates one instance and keeps it. */
    public RefreshTokenMapper() {
        this(InstantSource.system());
    }

    RefreshTokenMapper(InstantSource clock) {
        this(clock, MailProviders.installed());
    }

    RefreshTokenMapper(InstantSource clock, MailProviders providers) {
        this.providers = providers;
        guard = new LoginGuard(clock);
        opener = new CaptureOpener(tables, providers, clock, guard);
    }

    @Override
    public String getId() {
        return MapperProperties.MAPPER_ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return providers.all().stream()
                .flatMap(provider -> provider.brokerKinds().stream())
                .distinct()
                .toArray(String[]::new);
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode syncMode) {
        return true;
    }

    @Override
    public String getDisplayCategory() {
        return "Nylas";
    }

    @Override
    public String getDisplayType() {
        return "Nylas grant";
    }

    @Override
    public String getHelpText() {
        return "Hands the " + providers.names()
                + " refresh token of each completed sign-in to Nylas, and writes the id of the grant to the user.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return MapperProperties.form(providers.fallback().scopes().defaults());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        tables.watch(factory);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        guard.run(realm, context, () -> opener.attempt(session, realm, MapperSettings.of(mapper), context));
        guard.run(realm, context, () -> {
            if (MapperSettings.of(mapper).discard()) {
                Discard.copies(context);
            }
        });
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return JarVersion.info();
    }
}
