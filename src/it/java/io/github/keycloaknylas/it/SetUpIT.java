package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Administrators;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SetUp;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;

/** Who may make the set-up call, and that it may be made again and again. */
class SetUpIT {

    private static final KeycloakServer SERVER = TestEnvironment.keycloak();
    private static final TestRealm REALM = TestRealm.create(SERVER);
    private static final Set<String> ATTRIBUTES = Set.of(MicrosoftRealm.ATTRIBUTE, MicrosoftRealm.STATUS);
    private static final String[] ALL_CREATED = {
        "user_attribute:nylas_grant_id:created",
        "user_attribute:nylas_grant_status:created",
        "client_scope:nylas:created",
        "claims_mapper:nylas-grants-claims:created"
    };

    @AfterAll
    static void remove() {
        REALM.close();
    }

    @Test
    void withoutAValidTokenTheAnswerIs401() {
        SetUp call = new SetUp(SERVER, REALM.name());

        assertThat(call.check(null).status()).isEqualTo(401);
        assertThat(call.run(null).status()).isEqualTo(401);
        assertThat(call.run("not.a.token").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 403, 403",
        "view-realm, 403, 403",
        "view-identity-providers, 403, 403",
        "view-users manage-users, 403, 403",
        "view-realm view-identity-providers, 200, 403",
        "manage-realm view-identity-providers, 200, 403",
        "manage-realm manage-clients, 403, 403",
        "manage-clients view-identity-providers, 403, 403",
        "manage-realm manage-clients view-identity-providers, 200, 200",
        "manage-realm manage-clients manage-identity-providers, 200, 200",
        "realm-admin, 200, 200"
    })
    void itTakesTheRolesThatTheSameTakesInTheConsole(String roles, int check, int run) {
        List<String> names =
                Stream.of(roles.split(" ")).filter(role -> !role.isEmpty()).toList();
        String token = Administrators.token(SERVER, REALM, names);
        SetUp call = new SetUp(SERVER, REALM.name());

        assertThat(call.check(token).status()).isEqualTo(check);
        assertThat(call.run(token).status()).isEqualTo(run);
    }

    @Test
    void theAdministratorOfAnotherRealmGetsNothing() {
        try (TestRealm other = TestRealm.create(SERVER)) {
            String stranger = Administrators.token(SERVER, REALM, List.of("realm-admin"));
            SetUp call = new SetUp(SERVER, other.name());

            assertThat(call.check(stranger).status()).isEqualTo(403);
            assertThat(call.run(stranger).status()).isEqualTo(403);

            assertThat(scopes(other)).isEmpty();
            assertThat(attributes(other)).isEmpty();
        }
    }

    @Test
    void aCheckChangesNothingTheCallSetsUpAndASecondCallChangesNothing() {
        try (TestRealm realm = TestRealm.create(SERVER)) {
            realm.addProvider(MicrosoftRealm.oidc("entra"));
            realm.addMapper("entra", MicrosoftRealm.MAPPER, Map.of());
            SetUp call = new SetUp(SERVER, realm.name());

            assertThat(call.check().problems(null))
                    .containsExactly("attribute_missing", "attribute_missing", "client_scope_missing");
            assertThat(call.check().done()).isEmpty();
            assertThat(scopes(realm)).isEmpty();
            assertThat(attributes(realm)).isEmpty();

            SetUp.Answer first = call.run();
            assertThat(first.done()).containsExactly(ALL_CREATED);
            assertThat(first.ok()).isTrue();
            String profile = realm.userProfile().declared().toString();
            List<String> mappers = mappers(realm);

            SetUp.Answer second = call.run();
            assertThat(second.done()).hasSize(4).allMatch(step -> step.endsWith(":unchanged"));
            assertThat(second.ok()).isTrue();
            assertThat(realm.userProfile().declared().toString()).isEqualTo(profile);
            assertThat(attributes(realm)).hasSize(2).allSatisfy(attribute -> {
                assertThat(attribute.getPermissions().getView()).isEqualTo(Set.of("admin", "user"));
                assertThat(attribute.getPermissions().getEdit()).isEmpty();
            });
            assertThat(scopes(realm)).hasSize(1);
            assertThat(mappers(realm)).hasSize(1).isEqualTo(mappers);
            assertThat(call.check().ok()).isTrue();
        }
    }

    @Test
    void eachRunIsAnAdminEventWithoutSecrets() {
        try (TestRealm realm = TestRealm.create(SERVER)) {
            RealmRepresentation settings = realm.admin().toRepresentation();
            settings.setAdminEventsEnabled(true);
            settings.setAdminEventsDetailsEnabled(true);
            realm.admin().update(settings);

            new SetUp(SERVER, realm.name()).check();
            new SetUp(SERVER, realm.name()).run();

            assertThat(realm.admin().getAdminEvents())
                    .filteredOn(event -> "NYLAS_SETUP".equals(event.getResourceType()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getRepresentation())
                            .contains("mapper_missing")
                            .doesNotContain("nyk_v0"));
        }
    }

    private static List<UPAttribute> attributes(TestRealm realm) {
        return realm.userProfile().declared().getAttributes().stream()
                .filter(attribute -> ATTRIBUTES.contains(attribute.getName()))
                .toList();
    }

    private static List<ClientScopeRepresentation> scopes(TestRealm realm) {
        return realm.admin().clientScopes().findAll().stream()
                .filter(scope -> scope.getName().equals("nylas"))
                .toList();
    }

    private static List<String> mappers(TestRealm realm) {
        return realm.admin().clientScopes().get(scopes(realm).get(0).getId()).getProtocolMappers().getMappers().stream()
                .map(ProtocolMapperRepresentation::getId)
                .toList();
    }
}
