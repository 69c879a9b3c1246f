package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Mappers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SetUp;
import io.github.keycloaknylas.it.support.SetUpConnections;
import io.github.keycloaknylas.it.support.SharedServers;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.UsesServers;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/**
 * What the set-up call says of a realm whose providers, mappers, user profile or client scope are not as
 * they should be.
 */
@UsesServers(SharedServers.H2)
class SetUpOfARealmIT {

    private static final KeycloakServer SERVER = TestEnvironment.keycloak();
    private static final TestRealm SPOILT = TestRealm.create(SERVER);

    private static SetUp.Answer answer;

    @BeforeAll
    static void spoil() {
        add(MicrosoftRealm.oidc("good"), Map.of());
        add(MicrosoftRealm.oidc("twice"), Map.of());
        Mappers.add(SPOILT, "twice", "ffffffff-", Map.of());
        add(MicrosoftRealm.oidc("setting"), Map.of("maximumAgeDays", "soon"));
        add(MicrosoftRealm.oidc("email-as-attribute"), Map.of("attribute", "email"));
        add(MicrosoftRealm.oidc("no-such-role"), Map.of("role", "deleted-long-ago"));
        add(MicrosoftRealm.oidc("no-such-group"), Map.of("group", "/deleted-long-ago"));
        add(MicrosoftRealm.oidc("disabled"), Map.of());
        disable("disabled");
        add(IdentityProvider.microsoft("shown-nothing", "", "").defaultScope(TestEnvironment.SCOPES), Map.of());
        add(MicrosoftRealm.social("social-scopes").defaultScope("openid"), Map.of());
        add(MicrosoftRealm.oidc("oidc-scopes").defaultScope("openid offline_access Mail.Read"), Map.of());
        add(MicrosoftRealm.oidc("nowhere"), Map.of("connection", "nowhere"));
        add(MicrosoftRealm.oidc("plain-http"), Map.of("connection", SetUpConnections.PLAIN_HTTP));
        add(MicrosoftRealm.oidc("odd-key"), Map.of("connection", SetUpConnections.ODD_KEY));
        add(
                MicrosoftRealm.oidc("key-in-clear"),
                Map.of("apiUrl", TestEnvironment.NYLAS.uri().toString(), "apiKey", "in-clear"));
        add(MicrosoftRealm.oidc("hidden"), Map.of("attribute", "hidden_grant"));
        add(MicrosoftRealm.oidc("editable"), Map.of("attribute", "editable_grant"));
        add(MicrosoftRealm.oidc("invalid"), Map.of("attribute", "grant id"));
        SPOILT.userProfile().declare("hidden_grant", Set.of(), Set.of());
        SPOILT.userProfile().declare("editable_grant", Set.of("admin", "user"), Set.of("user"));
        answer = new SetUp(SERVER, SPOILT.name()).check();
    }

    @AfterAll
    static void remove() {
        SPOILT.close();
    }

    @Test
    void aRealmWithoutAMapperIsToldSo() {
        try (TestRealm realm = TestRealm.create(SERVER)) {
            realm.addProvider(MicrosoftRealm.oidc("entra"));

            assertThat(new SetUp(SERVER, realm.name()).check().problems(null)).contains("mapper_missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, ''",
        "twice, mapper_duplicate",
        "setting, mapper_setting",
        "email-as-attribute, mapper_setting",
        "no-such-role, role_missing",
        "no-such-group, group_missing",
        "disabled, provider_disabled",
        "shown-nothing, store_tokens_off connector_client_other",
        "social-scopes, offline_access_missing user_read_missing mail_scopes_missing connector_scopes_wider",
        "oidc-scopes, mail_scopes_missing connector_scopes_wider",
        "nowhere, connection_unusable",
        "plain-http, api_url_refused",
        "odd-key, api_key_unusable",
        "key-in-clear, mapper_setting"
    })
    void eachProviderIsToldItsOwnTroubleAndNobodyElses(String alias, String codes) {
        assertThat(answer.problems(alias)).isEqualTo(codes.isEmpty() ? List.of() : List.of(codes.split(" ")));
        assertThat(answer.ok()).isFalse();
    }

    @Test
    void eachAttributeIsToldWhatIsWrongWithIt() {
        assertThat(answer.problems(null))
                .containsExactly(
                        "attribute_editable",
                        "attribute_missing",
                        "attribute_name_invalid",
                        "attribute_name_invalid",
                        "attribute_hidden",
                        "attribute_missing",
                        "attribute_missing",
                        "attribute_missing",
                        "client_scope_missing");
    }

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

    private static void add(IdentityProvider provider, Map<String, String> mapper) {
        SPOILT.addProvider(provider);
        SPOILT.addMapper(provider.alias(), MicrosoftRealm.MAPPER, mapper);
    }

    private static void disable(String alias) {
        IdentityProviderRepresentation provider =
                SPOILT.admin().identityProviders().get(alias).toRepresentation();
        provider.setEnabled(false);
        SPOILT.admin().identityProviders().get(alias).update(provider);
    }
}
