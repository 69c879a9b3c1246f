package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Who keeps a grant, and how many there are, is the administrator's choice. */
class EligibilityIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void whoeverIsDisabledLosesTheGrantAtNylasAndGetsOneAgainOnceEnabled() {
        try (Scenario scenario = scenario(Map.of("whenIneligible", "delete"))) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(scenario, account);

            Users.disable(scenario.keycloak(), userId);

            awaitDeletion(scenario, userId, account);
            UserRepresentation user = scenario.keycloak().user(userId).toRepresentation();
            user.setEnabled(true);
            scenario.keycloak().user(userId).update(user);
            scenario.signIn(account).tokens();
            assertThat(scenario.microsoft().awaitGrantId(userId)).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
        }
    }

    @Test
    void unlessTheMapperDeletesItTheGrantOfADisabledUserIsKept() {
        try (Scenario keeping = scenario(Map.of("whenIneligible", "keep"))) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(keeping, account);

            Users.disable(keeping.keycloak(), userId);

            awaitALookAtAllChanges();
            assertKept(keeping, userId, account);
        }
    }

    @Test
    void whoeverHasLostTheRoleLosesTheGrantAtNylas() {
        try (Scenario scenario = scenario(null)) {
            RoleRepresentation role = role(scenario.keycloak(), "mail");
            scenario.addMapper(Map.of("whenIneligible", "delete", "role", "mail"));
            Account account = MicrosoftRealm.somebody();
            Account other = MicrosoftRealm.somebody();
            String userId = member(scenario, account, role);
            String otherId = member(scenario, other, role);

            scenario.keycloak().user(userId).roles().realmLevel().remove(List.of(role));

            awaitDeletion(scenario, userId, account);
            assertKept(scenario, otherId, other);
        }
    }

    @Test
    void aRoleThroughACompositeRoleOfAGroupIsLostWithTheSubgroup() {
        try (Scenario scenario = scenario(null)) {
            TestRealm realm = scenario.keycloak();
            RoleRepresentation employee = role(realm, "employee");
            realm.admin().roles().get("employee").addComposites(List.of(role(realm, "mail")));
            String staff = group(realm, "staff", null);
            String team = group(realm, "team", staff);
            realm.admin().groups().group(staff).roles().realmLevel().add(List.of(employee));
            scenario.addMapper(Map.of("whenIneligible", "delete", "role", "mail", "group", "/staff"));
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            realm.user(userId).joinGroup(team);
            connected(scenario, account);
            realm.user(userId).update(realm.user(userId).toRepresentation());
            awaitALookAtAllChanges();
            assertKept(scenario, userId, account);

            realm.user(userId).leaveGroup(team);

            awaitDeletion(scenario, userId, account);
        }
    }

    @Test
    void onceTheProviderHasItsMaximumNobodyElseGetsAGrantAndNoTokenIsLeft() {
        try (Scenario scenario = scenario(Map.of("maximumGrants", "1", "maximumAgeDays", "1"))) {
            Account first = MicrosoftRealm.somebody();
            Account second = MicrosoftRealm.somebody();
            String firstId = connected(scenario, first);

            String secondId = scenario.signIn(second).tokens().userId();

            scenario.assertNothingHandedOver(second);
            await().atMost(SOON).until(() -> rows(secondId) == 0);
            assertThat(scenario.microsoft().grantId(secondId)).isEmpty();
            assertThat(PostgresEnvironment.TABLES.count(
                            "NYLAS_CAPTURE where USER_ID = '" + secondId + "' and SEALED_TOKEN <> '-'"))
                    .isZero();
            assertThat(scenario.server().log().lines().filter(line -> line.contains("The provider has the 1 grants")))
                    .isNotEmpty();
            PostgresEnvironment.TABLES.execute(
                    "update NYLAS_GRANT set CONNECTED_AT = 0 where USER_ID = '" + firstId + "'");
            scenario.signIn(first).tokens();
            await().atMost(SOON).until(() -> MicrosoftRealm.handovers(first) == 2);
        }
    }

    private static Scenario scenario(Map<String, String> mapper) {
        Scenario scenario = Scenario.before(PostgresEnvironment.keycloak(), ProviderKind.OIDC.provider());
        if (mapper != null) {
            scenario.addMapper(new HashMap<>(mapper));
        }
        return scenario;
    }

    private static String connected(Scenario scenario, Account account) {
        String userId = scenario.signIn(account).tokens().userId();
        scenario.microsoft().awaitGrantId(userId);
        return userId;
    }

    private static String member(Scenario scenario, Account account, RoleRepresentation role) {
        String userId = scenario.knownUser(account);
        scenario.keycloak().user(userId).roles().realmLevel().add(List.of(role));
        return connected(scenario, account);
    }

    private static RoleRepresentation role(TestRealm realm, String name) {
        realm.admin().roles().create(new RoleRepresentation(name, null, false));
        return realm.admin().roles().get(name).toRepresentation();
    }

    private static String group(TestRealm realm, String name, String parent) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        if (parent == null) {
            realm.admin().groups().add(group).close();
            return realm.admin().getGroupByPath("/" + name).getId();
        }
        realm.admin().groups().group(parent).subGroup(group).close();
        return realm.admin()
                .groups()
                .group(parent)
                .getSubGroups(0, 10, false)
                .get(0)
                .getId();
    }

    private static void awaitDeletion(Scenario scenario, String userId, Account account) {
        await().atMost(SOON).until(() -> scenario.microsoft().grantId(userId).isEmpty());
        await().atMost(SOON).until(() -> MicrosoftRealm.grantAtNylas(account).isEmpty());
    }

    /** Two users of another realm lose their grants one after the other: all changes before were looked at. */
    private static void awaitALookAtAllChanges() {
        try (Scenario scenario = scenario(Map.of("whenIneligible", "delete"))) {
            for (int i = 0; i < 2; i++) {
                Account account = MicrosoftRealm.somebody();
                String userId = connected(scenario, account);
                Users.disable(scenario.keycloak(), userId);
                awaitDeletion(scenario, userId, account);
            }
        }
    }

    private static void assertKept(Scenario scenario, String userId, Account account) {
        assertThat(scenario.microsoft().grantId(userId)).contains(MicrosoftRealm.grantIdAtNylas(account));
        assertThat(rows(userId)).isEqualTo(1);
    }

    private static long rows(String userId) {
        return PostgresEnvironment.TABLES.count("NYLAS_GRANT where USER_ID = '" + userId + "'");
    }
}
