package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.config.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderFactory;

/**
 * The one switch of the extension: an identity-provider mapper that captures the refresh token of a Microsoft sign-in.
 * Everything happens before the user is known, which is the only hook that runs at every login whatever the sync mode.
 */
public final class RefreshTokenMapper extends AbstractIdentityProviderMapper implements ServerInfoAwareProviderFactory {

    private final TableProbe tables = new TableProbe(System::nanoTime);
    private final LoginGuard guard;
    private final Capture capture;

    /** For Keycloak, which makes one and keeps it. */
    public RefreshTokenMapper() {
        this(InstantSource.system());
    }

    RefreshTokenMapper(InstantSource clock) {
        guard = new LoginGuard(clock);
        capture = new Capture(tables, clock, guard);
    }

    @Override
    public String getId() {
        return MapperProperties.MAPPER_ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {
            MicrosoftIdentityProviderFactory.PROVIDER_ID,
            OIDCIdentityProviderFactory.PROVIDER_ID,
            KeycloakOIDCIdentityProviderFactory.PROVIDER_ID
        };
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
        return "Hands the Microsoft refresh token of each completed sign-in to Nylas, and writes the id of the grant to the"
                + " user.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return MapperProperties.form();
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
        guard.run(realm, context, () -> capture.attempt(session, realm, MapperSettings.of(mapper), context));
        guard.run(realm, context, () -> {
            if (MapperSettings.of(mapper).discard()) {
                Discard.copies(context);
            }
        });
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Version.info();
    }
}
