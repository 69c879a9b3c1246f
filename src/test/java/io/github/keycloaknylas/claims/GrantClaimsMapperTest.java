package io.github.keycloaknylas.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.hashing.Digests;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** When the ledger is read for a token, and what happens if it cannot be. */
class GrantClaimsMapperTest {

    private final GrantClaimsMapper mapper = new GrantClaimsMapper();
    private final ProtocolMapperModel model = GrantClaimsMapper.model();
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final UserSessionModel userSession = mock(UserSessionModel.class);
    private final EntityManager em = mock(EntityManager.class);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Object[] row = {"microsoft", "CONNECTED", "hash", "g-1", null};

    @SuppressWarnings("unchecked")
    private final TypedQuery<Object[]> query = mock(TypedQuery.class);

    @BeforeEach
    void prepare() {
        RealmModel realm = mock(RealmModel.class);
        when(realm.getId()).thenReturn("r");
        UserModel user = mock(UserModel.class);
        when(user.getId()).thenReturn("u");
        when(userSession.getRealm()).thenReturn(realm);
        when(userSession.getUser()).thenReturn(user);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(session.getProvider(JpaConnectionProvider.class)).thenReturn(jpa);
        when(session.getAttribute(anyString(), eq(GrantClaims.class)))
                .thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        KeycloakContext context = mock(KeycloakContext.class);
        ClientModel client = mock(ClientModel.class);
        when(context.getClient()).thenReturn(client);
        when(session.getContext()).thenReturn(context);
        when(em.createQuery(anyString(), eq(Object[].class))).thenReturn(query);
        when(query.setParameter(anyString(), any())).thenReturn(query);
        when(query.getResultStream()).thenAnswer(call -> Stream.<Object[]>of(row));
    }

    @Test
    void everyKindOfTokenGetsTheClaims() {
        assertThat(List.of(idToken(), accessToken(), userInfo(), introspection()))
                .allSatisfy(token -> assertThat(token.getOtherClaims())
                        .containsEntry("nylas_grant_id", "g-1")
                        .containsKey("nylas_grants"));
    }

    @Test
    void theLedgerIsAskedForThisUserOfThisRealmOnlyOnceInARequest() {
        idToken();
        accessToken();
        verify(em, times(1)).createQuery(anyString(), eq(Object[].class));
        verify(query).setParameter("user", Digests.sha256("r", "u"));
    }

    @Test
    void aTokenThatLeavesTheClaimsOutReadsNothing() {
        model.getConfig().replaceAll((name, value) -> "false");
        assertThat(List.of(idToken(), accessToken(), userInfo(), introspection()))
                .allSatisfy(token -> assertThat(token.getOtherClaims()).isEmpty());
        verifyNoInteractions(em);
    }

    @Test
    void aLedgerThatCannotBeReadCostsTheGrantsAndNotTheToken() {
        when(query.getResultStream()).thenThrow(new PersistenceException("no such table"));
        assertThat(idToken().getOtherClaims())
                .containsEntry("nylas_grants", List.of())
                .doesNotContainKey("nylas_grant_id");
        accessToken();
        verify(em, times(1)).createQuery(anyString(), eq(Object[].class));
    }

    @Test
    void theConsoleOffersTheUsualSwitches() {
        assertThat(mapper.getConfigProperties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyInAnyOrder(
                        OIDCAttributeMapperHelper.INCLUDE_IN_ID_TOKEN,
                        OIDCAttributeMapperHelper.INCLUDE_IN_ACCESS_TOKEN,
                        OIDCAttributeMapperHelper.INCLUDE_IN_LIGHTWEIGHT_ACCESS_TOKEN,
                        OIDCAttributeMapperHelper.INCLUDE_IN_USERINFO,
                        OIDCAttributeMapperHelper.INCLUDE_IN_INTROSPECTION);
    }

    @Test
    void keycloakFindsIt() {
        assertThat(ServiceLoader.load(ProtocolMapper.class))
                .anySatisfy(found -> assertThat(found.getId()).isEqualTo("nylas-grants-claims"));
        assertThat(model.getProtocolMapper()).isEqualTo(mapper.getId());
        assertThat(model.getProtocol()).isEqualTo(mapper.getProtocol());
    }

    private IDToken idToken() {
        return mapper.transformIDToken(new IDToken(), model, session, userSession, null);
    }

    private AccessToken accessToken() {
        return mapper.transformAccessToken(new AccessToken(), model, session, userSession, null);
    }

    private AccessToken userInfo() {
        return mapper.transformUserInfoToken(new AccessToken(), model, session, userSession, null);
    }

    private AccessToken introspection() {
        return mapper.transformIntrospectionToken(new AccessToken(), model, session, userSession, null);
    }
}
