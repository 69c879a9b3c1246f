package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** A second factor after each sign-in through a provider; a password stands in for it. */
public final class PostBrokerLogin {

    private static final String FLOW = "second-factor";

    private PostBrokerLogin() {}

    public static void asksForPassword(TestRealm realm, String alias) {
        AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
        flow.setAlias(FLOW);
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flow.setBuiltIn(false);
        try (Response response = realm.admin().flows().createFlow(flow)) {
            if (response.getStatus() != 201) {
                throw new AssertionError("the flow was answered with " + response.getStatus());
            }
        }
        realm.admin().flows().addExecution(FLOW, Map.of("provider", "auth-password-form"));
        AuthenticationExecutionInfoRepresentation password =
                realm.admin().flows().getExecutions(FLOW).get(0);
        password.setRequirement("REQUIRED");
        realm.admin().flows().updateExecutions(FLOW, password);
        IdentityProviderRepresentation provider =
                realm.admin().identityProviders().get(alias).toRepresentation();
        provider.setPostBrokerLoginFlowAlias(FLOW);
        realm.admin().identityProviders().get(alias).update(provider);
    }
}
