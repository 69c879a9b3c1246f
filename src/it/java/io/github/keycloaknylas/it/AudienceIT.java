package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SearchableEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.TestClient;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** Who gets a grant is the administrator's choice; of everybody else nothing is kept. */
@FullBuildOnly("it starts a server whose whole database and log can be searched")
class AudienceIT {

    @Test
    void aRealmRoleAdmitsItsMembersAlone() {
        try (Scenario scenario = before()) {
            RoleRepresentation role = new RoleRepresentation("mail", null, false);
            scenario.keycloak().admin().roles().create(role);
            Account member = MicrosoftRealm.somebody();
            Account stranger = MicrosoftRealm.somebody();
            String memberId = scenario.knownUser(member);
            scenario.knownUser(stranger);
            scenario.keycloak()
                    .user(memberId)
                    .roles()
                    .realmLevel()
                    .add(List.of(scenario.keycloak().admin().roles().get("mail").toRepresentation()));
            scenario.addMapper(Map.of("role", "mail"));

            assertAdmitted(scenario, memberId, member);
            assertNotAdmitted(scenario, stranger);
        }
    }

    @Test
    void aRoleOfAnApplicationAdmitsItsMembersAlone() {
        try (Scenario scenario = before()) {
            TestRealm realm = scenario.keycloak();
            ClientRepresentation client =
                    realm.admin().clients().findByClientId(realm.client().id()).get(0);
            realm.admin().clients().get(client.getId()).roles().create(new RoleRepresentation("mail", null, true));
            Account member = MicrosoftRealm.somebody();
            Account stranger = MicrosoftRealm.somebody();
            String memberId = scenario.knownUser(member);
            scenario.knownUser(stranger);
            realm.user(memberId)
                    .roles()
                    .clientLevel(client.getId())
                    .add(List.of(realm.admin()
                            .clients()
                            .get(client.getId())
                            .roles()
                            .get("mail")
                            .toRepresentation()));
            scenario.addMapper(Map.of("role", realm.client().id() + ".mail"));

            assertAdmitted(scenario, memberId, member);
            assertNotAdmitted(scenario, stranger);
        }
    }

    @Test
    void aGroupAdmitsItsMembersAlone() {
        try (Scenario scenario = before()) {
            GroupRepresentation group = new GroupRepresentation();
            group.setName("staff");
            scenario.keycloak().admin().groups().add(group).close();
            String groupId =
                    scenario.keycloak().admin().getGroupByPath("/staff").getId();
            Account member = MicrosoftRealm.somebody();
            Account stranger = MicrosoftRealm.somebody();
            String memberId = scenario.knownUser(member);
            scenario.knownUser(stranger);
            scenario.keycloak().user(memberId).joinGroup(groupId);
            scenario.addMapper(Map.of("group", "/staff"));

            assertAdmitted(scenario, memberId, member);
            assertNotAdmitted(scenario, stranger);
        }
    }

    @Test
    void onlyLoginsToTheChosenApplicationsHandOver() {
        try (Scenario scenario = before()) {
            scenario.keycloak().addClient(new TestClient("mail-app", null, TestClient.REDIRECT));
            scenario.keycloak().addClient(new TestClient("calendar-app", null, TestClient.REDIRECT));
            scenario.addMapper(Map.of("clients", "mail-app##calendar-app"));
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertNothingHandedOver(account);
            assertThat(captures(scenario)).isZero();
            assertThat(MicrosoftRealm.atMicrosoft(
                                    scenario.start(new UserAgent())
                                            .with("client_id", "calendar-app")
                                            .open(),
                                    account)
                            .answer())
                    .containsKey("code");

            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void aRoleThatIsGoneAdmitsNobody() {
        try (Scenario scenario = before()) {
            scenario.addMapper(Map.of("role", "deleted-long-ago"));
            Account account = MicrosoftRealm.somebody();

            assertNotAdmitted(scenario, account);
            scenario.signIn(account).tokens();

            String realm = scenario.keycloak().name();
            assertThat(scenario.server().log().lines().toList())
                    .filteredOn(
                            line -> line.contains("The role 'deleted-long-ago' of the mapper does not exist in realm '"
                                    + realm + "': no user gets a grant."))
                    .hasSize(1);
        }
    }

    @Test
    void whoIsAdmittedLaterGetsAGrantAtTheNextSignIn() {
        try (Scenario scenario = before()) {
            scenario.keycloak().admin().roles().create(new RoleRepresentation("mail", null, false));
            scenario.addMapper(Map.of("role", "mail"));
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            scenario.assertNothingHandedOver(account);

            scenario.keycloak()
                    .user(userId)
                    .roles()
                    .realmLevel()
                    .add(List.of(scenario.keycloak().admin().roles().get("mail").toRepresentation()));

            assertAdmitted(scenario, userId, account);
        }
    }

    private static Scenario before() {
        return Scenario.before(SearchableEnvironment.keycloak(), ProviderKind.OIDC.provider());
    }

    private static void assertAdmitted(Scenario scenario, String userId, Account account) {
        scenario.signIn(account).tokens();
        scenario.assertOneGrant(userId, account);
    }

    private static void assertNotAdmitted(Scenario scenario, Account account) {
        scenario.signIn(account).tokens();
        scenario.assertNothingHandedOver(account);
        assertThat(captures(scenario)).isZero();
    }

    // What is spent stays for a while, without its token.
    private static long captures(Scenario scenario) {
        return SearchableEnvironment.number(
                "select count(*) from nylas_capture where realm_id = ? and sealed_token <> '-'",
                scenario.keycloak().admin().toRepresentation().getId());
    }
}
