package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SetUp;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/** What the set-up call repairs, and what it leaves to an administrator. */
class SetUpOfARealmIT {

    private static final KeycloakServer SERVER = TestEnvironment.keycloak();

    @Test
    void theCallRepairsAttributesThatAreHiddenOrEditable() {
        try (TestRealm realm = TestRealm.create(SERVER)) {
            for (String name : List.of("hidden", "editable")) {
                realm.addProvider(MicrosoftRealm.oidc(name));
                realm.addMapper(name, MicrosoftRealm.MAPPER, Map.of("attribute", name));
            }
            realm.userProfile().declare("hidden", Set.of(), Set.of());
            realm.userProfile().declare("editable", Set.of("admin"), Set.of("user", "admin"));

            SetUp.Answer repaired = new SetUp(SERVER, realm.name()).run();

            assertThat(repaired.ok()).isTrue();
            assertThat(repaired.done())
                    .startsWith(
                            "user_attribute:editable:repaired",
                            "user_attribute:editable_status:created",
                            "user_attribute:hidden:repaired",
                            "user_attribute:hidden_status:created");
            for (String name : List.of("hidden", "hidden_status", "editable", "editable_status")) {
                assertThat(realm.userProfile().declared().getAttribute(name).getPermissions())
                        .satisfies(permissions -> {
                            assertThat(permissions.getView()).isEqualTo(Set.of("admin", "user"));
                            assertThat(permissions.getEdit()).isEmpty();
                        });
            }
        }
    }

    @Test
    void aClientScopeThatIsThereForSomethingElseIsSaidAndOneWithoutOurMapperIsCompleted() {
        try (TestRealm realm = TestRealm.create(SERVER)) {
            ClientScopeRepresentation scope = new ClientScopeRepresentation();
            scope.setName("nylas");
            scope.setProtocol("saml");
            try (Response response = realm.admin().clientScopes().create(scope)) {
                assertThat(response.getStatus()).isEqualTo(201);
            }
            SetUp call = new SetUp(SERVER, realm.name());
            assertThat(call.run().problems(null)).contains("client_scope_other_protocol");

            ClientScopeRepresentation saml = realm.admin().clientScopes().findAll().stream()
                    .filter(found -> found.getName().equals("nylas"))
                    .findFirst()
                    .orElseThrow();
            saml.setProtocol("openid-connect");
            realm.admin().clientScopes().get(saml.getId()).update(saml);
            assertThat(call.check().problems(null)).contains("claims_mapper_missing");

            SetUp.Answer completed = call.run();
            assertThat(completed.done())
                    .contains("client_scope:nylas:unchanged", "claims_mapper:nylas-grants-claims:created");
            assertThat(completed.problems(null)).containsExactly("mapper_missing");
        }
    }
}
