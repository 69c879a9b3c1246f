package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.claims.GrantClaimsMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/** The client scope that gives tokens the grant claims. */
class ClaimsScopeTest {

    private final RealmModel realm = mock(RealmModel.class);
    private final ClaimsScope claims = new ClaimsScope(realm);
    private final Findings findings = new Findings();
    private final List<ClientScopeModel> scopes = new ArrayList<>();
    private final List<ProtocolMapperModel> mappers = new ArrayList<>();
    private final ClientScopeModel scope = mock(ClientScopeModel.class);

    @BeforeEach
    void prepare() {
        when(realm.getName()).thenReturn("demo");
        when(scope.getName()).thenReturn("nylas");
        when(scope.getProtocol()).thenReturn("openid-connect");
        when(scope.getProtocolMappersStream()).thenAnswer(call -> mappers.stream());
        when(scope.addProtocolMapper(any())).thenAnswer(call -> {
            mappers.add(call.getArgument(0));
            return call.getArgument(0);
        });
        when(realm.getClientScopesStream()).thenAnswer(call -> scopes.stream());
        when(realm.addClientScope("nylas")).thenAnswer(call -> {
            scopes.add(scope);
            return scope;
        });
    }

    @Test
    void itIsCreatedForOpenIdConnectWithTheMapperOfTheClaims() {
        assertThat(claims.setUp())
                .containsExactly(
                        new SetupStep("client_scope", "nylas", SetupStep.Outcome.CREATED),
                        new SetupStep("claims_mapper", "nylas-grants-claims", SetupStep.Outcome.CREATED));
        verify(scope).setProtocol("openid-connect");
        verify(scope).setIncludeInTokenScope(true);
        verify(scope).setDescription(anyString());
        assertThat(mappers).extracting(ProtocolMapperModel::getProtocolMapper).containsExactly("nylas-grants-claims");
        claims.check(findings);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void settingItUpAgainChangesNothing() {
        scopes.add(scope);
        mappers.add(GrantClaimsMapper.model());
        assertThat(claims.setUp()).extracting(SetupStep::outcome).containsOnly(SetupStep.Outcome.UNCHANGED);
        verify(realm, never()).addClientScope(anyString());
        verify(scope, never()).addProtocolMapper(any());
        verify(scope, never()).setDescription(anyString());
    }

    @Test
    void aScopeWithoutTheMapperGetsIt() {
        scopes.add(scope);
        claims.check(findings);
        assertThat(problems(findings)).containsExactly(FindingCode.CLAIMS_MAPPER_MISSING);
        assertThat(claims.setUp())
                .extracting(SetupStep::outcome)
                .containsExactly(SetupStep.Outcome.UNCHANGED, SetupStep.Outcome.CREATED);
    }

    @Test
    void aScopeOfThisNameForAnotherProtocolIsLeftAlone() {
        scopes.add(scope);
        when(scope.getProtocol()).thenReturn("saml");
        claims.setUp();
        claims.check(findings);
        verify(scope, never()).addProtocolMapper(any());
        assertThat(problems(findings)).containsExactly(FindingCode.CLIENT_SCOPE_OTHER_PROTOCOL);
    }

    @Test
    void checkingAloneChangesNothing() {
        claims.check(findings);
        assertThat(problems(findings)).containsExactly(FindingCode.CLIENT_SCOPE_MISSING);
        verify(realm, never()).addClientScope(anyString());
    }
}
