package io.github.keycloaknylas.it.support.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessTokenResponse;

/**
 * The obvious way, which the extension does not go: it calls Nylas within the login and waits. Measurements of logins
 * have to see the difference. Never part of the extension's jar.
 */
public final class SynchronousMapper extends AbstractIdentityProviderMapper {

    public static final String ID = "synchronous-nylas-idp-mapper";
    public static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        if (context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE)
                instanceof AccessTokenResponse response) {
            call(mapper.getConfig(), response.getRefreshToken());
        }
    }

    private static void call(Map<String, String> config, String refreshToken) {
        String body = "{\"provider\":\"microsoft\",\"settings\":{\"refresh_token\":\"" + refreshToken + "\"}}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.get("url") + "/v3/connect/custom"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + config.get("key"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HTTP.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            // The person has waited: that is all this is for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {OIDCIdentityProviderFactory.PROVIDER_ID};
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode syncMode) {
        return true;
    }

    @Override
    public String getDisplayCategory() {
        return "Control";
    }

    @Override
    public String getDisplayType() {
        return "Calls Nylas within the login";
    }

    @Override
    public String getHelpText() {
        return "For measurements only.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
