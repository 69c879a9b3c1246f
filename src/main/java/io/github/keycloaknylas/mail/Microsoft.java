package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.nylas.ErrorMeaning;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderFactory;

/** Microsoft 365 and Outlook.com: users sign in at Entra, and Nylas reads their mailboxes through Graph. */
public final class Microsoft implements MailProvider {

    private static final ScopeRules SCOPES = new MicrosoftScopes();
    private static final ProviderWords WORDS = new ProviderWords(
            "Entra application",
            "the API permissions of the Entra application",
            "Microsoft sent no refresh token. Add offline_access to the 'Scopes' (defaultScope) of the provider,"
                    + " besides openid, profile, email, User.Read and the mail scopes.");

    @Override
    public String name() {
        return "microsoft";
    }

    @Override
    public String displayName() {
        return "Microsoft";
    }

    @Override
    public List<String> brokerKinds() {
        return List.of(
                MicrosoftIdentityProviderFactory.PROVIDER_ID,
                OIDCIdentityProviderFactory.PROVIDER_ID,
                KeycloakOIDCIdentityProviderFactory.PROVIDER_ID);
    }

    @Override
    public boolean serves(IdentityProviderModel broker) {
        return brokerKinds().contains(broker.getProviderId());
    }

    // An oidc provider may reach Entra through any host, so its configuration rules nothing out.
    @Override
    public boolean isFallback() {
        return true;
    }

    static boolean isSocial(IdentityProviderModel broker) {
        return MicrosoftIdentityProviderFactory.PROVIDER_ID.equals(broker.getProviderId());
    }

    @Override
    public ScopeRules scopes() {
        return SCOPES;
    }

    @Override
    public ExpectedIdentity identity(BrokeredIdentityContext context) {
        return MicrosoftIdentity.read(context);
    }

    @Override
    public Optional<ExpectedIdentity> storedIdentity(BrokeredIdentityContext context) {
        return MicrosoftIdentity.stored(context);
    }

    @Override
    public String comparableId(String id) {
        return MicrosoftIdentity.comparableId(id);
    }

    @Override
    public boolean needsStoredTokens(IdentityProviderModel broker) {
        return isSocial(broker);
    }

    /** With {@code offline_access}, Microsoft sends a new one at every sign-in. */
    @Override
    public boolean expectsRefreshToken(BrokeredIdentityContext context) {
        return true;
    }

    @Override
    public List<String> errorCodes(String text) {
        return MicrosoftErrors.codes(text);
    }

    @Override
    public Optional<ErrorMeaning> meaning(String code) {
        return MicrosoftErrors.meaning(code);
    }

    @Override
    public String hint(ErrorMeaning meaning) {
        return MicrosoftErrors.hint(meaning);
    }

    @Override
    public ProviderWords words() {
        return WORDS;
    }

    @Override
    public List<SetUpRemark> checkBroker(IdentityProviderModel broker) {
        return MicrosoftSetUp.scopes(broker, SCOPES.requested(broker));
    }

    @Override
    public List<SetUpRemark> checkConnector(IdentityProviderModel broker, NylasConnector connector) {
        return MicrosoftSetUp.tenants(broker, connector);
    }
}
