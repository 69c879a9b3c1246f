package io.github.keycloaknylas.claims;

import io.github.keycloaknylas.ledger.LedgerView;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/**
 * Gives tokens the claims {@code nylas_grant_id} (the ID that applications use; absent if there is none) and {@code
 * nylas_grants} (always an array of provider, grant ID, e-mail and status).
 *
 * <p>Costs one indexed SELECT per request that mints such tokens, and nothing where the mapper is not used. If the
 * ledger cannot be read, the token is issued without grants. One case remains: on PostgreSQL a statement that fails
 * spoils the transaction it is in, so a ledger that is broken in the middle of a token request can fail that request.
 * That is accepted: a second transaction for every token would cost every request a second database connection.
 */
public final class GrantClaimsMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    /** Provider ID of the protocol mapper. */
    public static final String ID = "nylas-grants-claims";

    private static final Logger LOG = Logger.getLogger(GrantClaimsMapper.class);
    private static final String DISPLAY_TYPE = "Nylas grants";
    private static final String READ = "nylas.claims.";

    private final ThrottledWarnings warnings = new ThrottledWarnings(LOG, InstantSource.system());
    private final List<ProviderConfigProperty> form = new ArrayList<>();

    /** Called by Keycloak, which creates one instance and keeps it. */
    public GrantClaimsMapper() {
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(form, GrantClaimsMapper.class);
    }

    /** Returns a mapper for a client scope: in ID token, access token, userinfo and introspection. */
    public static ProtocolMapperModel model() {
        ProtocolMapperModel model = new ProtocolMapperModel();
        model.setName(DISPLAY_TYPE);
        model.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        model.setProtocolMapper(ID);
        model.setConfig(new HashMap<>(Map.of(
                OIDCAttributeMapperHelper.INCLUDE_IN_ID_TOKEN, "true",
                OIDCAttributeMapperHelper.INCLUDE_IN_ACCESS_TOKEN, "true",
                OIDCAttributeMapperHelper.INCLUDE_IN_USERINFO, "true",
                OIDCAttributeMapperHelper.INCLUDE_IN_INTROSPECTION, "true")));
        return model;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return DISPLAY_TYPE;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds nylas_grant_id, and nylas_grants with the provider, grant ID, e-mail and status of each grant.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return form;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext clientSession) {
        String userId = userSession.getUser().getId();
        GrantClaims claims = session.getAttribute(READ + userId, GrantClaims.class);
        if (claims == null) {
            claims = read(session, userSession, userId);
            session.setAttribute(READ + userId, claims);
        }
        claims.writeTo(token.getOtherClaims());
    }

    private GrantClaims read(KeycloakSession session, UserSessionModel userSession, String userId) {
        try {
            return GrantClaims.of(
                    LedgerView.of(session).shownTo(userSession.getRealm().getId(), userId));
        } catch (RuntimeException e) {
            warnings.warn(
                    userSession.getRealm().getName(),
                    "*",
                    "The grants of a user could not be read (" + e.getClass().getName()
                            + "), so a token was issued without them. Debug logging of " + LOG.getName()
                            + " shows the cause.");
            LOG.debug("Reading grants for a token failed", e);
            return GrantClaims.NONE;
        }
    }
}
