package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.claims.GrantClaimsMapper;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** The client scope that gives tokens the grant claims. Administrators add it to the clients that need it. */
final class ClaimsScope {

    static final String NAME = "nylas";
    static final String SCOPE_STEP = "client_scope";
    static final String MAPPER_STEP = "claims_mapper";

    private final RealmModel realm;

    ClaimsScope(RealmModel realm) {
        this.realm = realm;
    }

    List<SetupStep> setUp() {
        Optional<ClientScopeModel> found = find();
        SetupStep scopeStep = new SetupStep(
                SCOPE_STEP, NAME, found.isPresent() ? SetupStep.Outcome.UNCHANGED : SetupStep.Outcome.CREATED);
        ClientScopeModel scope = found.orElseGet(this::create);
        if (!isOidc(scope)) {
            return List.of(scopeStep);
        }
        boolean mapped = hasMapper(scope);
        if (!mapped) {
            scope.addProtocolMapper(GrantClaimsMapper.model());
        }
        SetupStep.Outcome mapperOutcome = mapped ? SetupStep.Outcome.UNCHANGED : SetupStep.Outcome.CREATED;
        return List.of(scopeStep, new SetupStep(MAPPER_STEP, GrantClaimsMapper.ID, mapperOutcome));
    }

    void check(Findings findings) {
        Optional<ClientScopeModel> scope = find();
        if (scope.isEmpty()) {
            findings.problem(
                    FindingCode.CLIENT_SCOPE_MISSING,
                    null,
                    "The realm has no client scope '" + NAME + "', so tokens do not show grants.",
                    NextStep.setUp(realm.getName()));
        } else if (!isOidc(scope.get())) {
            findings.problem(
                    FindingCode.CLIENT_SCOPE_OTHER_PROTOCOL,
                    null,
                    "The realm's client scope '" + NAME + "' is not for OpenID Connect, so tokens do not show grants.",
                    "Admin console: Client scopes > " + NAME + ": give it another name. Then: "
                            + NextStep.setUp(realm.getName()));
        } else if (!hasMapper(scope.get())) {
            findings.problem(
                    FindingCode.CLAIMS_MAPPER_MISSING,
                    null,
                    "The client scope '" + NAME + "' has no mapper 'Nylas grants', so tokens do not show grants.",
                    NextStep.setUp(realm.getName()));
        }
    }

    // Not KeycloakModelUtils.getClientScopeByName: that also finds a client of this name.
    private Optional<ClientScopeModel> find() {
        return realm.getClientScopesStream()
                .filter(scope -> NAME.equals(scope.getName()))
                .findFirst();
    }

    private ClientScopeModel create() {
        ClientScopeModel scope = realm.addClientScope(NAME);
        scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        scope.setDescription("Nylas grants of the user: claims nylas_grant_id and nylas_grants");
        scope.setDisplayOnConsentScreen(true);
        scope.setConsentScreenText("${nylas.scope.consent}");
        scope.setIncludeInTokenScope(true);
        return scope;
    }

    private static boolean isOidc(ClientScopeModel scope) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol());
    }

    private static boolean hasMapper(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper -> GrantClaimsMapper.ID.equals(mapper.getProtocolMapper()));
    }
}
