package io.github.keycloaknylas.links;

import static io.github.keycloaknylas.links.Users.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.links.UserEligibility.Answer;
import io.github.keycloaknylas.links.UserEligibility.Requirements;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** What Keycloak's tables tell of users, and what only a directory could tell. */
@OnEveryDatabase
class JpaUserEligibilityTest {

    private static final String ADA = "ada";
    private static final String IDA = "ida";
    private static final String FRED = "f:ldap:fred";
    private static final Requirements ROLE = new Requirements(Optional.of("mail"), Optional.empty());
    private static final Requirements GROUP = new Requirements(Optional.empty(), Optional.of("staff"));
    private static final Requirements BOTH = new Requirements(Optional.of("mail"), Optional.of("staff"));

    private final UserEligibility eligibility = new JpaUserEligibility();
    private final Users users;

    JpaUserEligibilityTest(Engine engine) {
        users = new Users(TestDatabase.empty(engine));
        users.local(ADA);
        users.imported(IDA);
        users.federated(FRED);
        users.role("mail");
        users.group("staff", " ");
    }

    private Answer read(String userId, Requirements requirements) {
        users.settle();
        return eligibility
                .read(users.session, REALM, List.of(userId), requirements)
                .get(userId);
    }

    @Test
    void aLocalUserWhoIsEnabledIsEligibleIfNothingElseIsRequired() {
        assertThat(read(ADA, Requirements.NONE)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void whoeverIsDisabledIsIneligibleWhateverElseHolds() {
        users.hasRole(ADA, "mail");
        users.isIn(ADA, "staff");
        users.disable(ADA);
        users.disable(IDA);
        users.attribute(FRED, "ENABLED", "false");

        assertThat(read(ADA, BOTH)).isEqualTo(Answer.INELIGIBLE);
        assertThat(read(IDA, Requirements.NONE)).isEqualTo(Answer.INELIGIBLE);
        assertThat(read(FRED, Requirements.NONE)).isEqualTo(Answer.INELIGIBLE);
    }

    @Test
    void whomTheBruteForceProtectionHasLockedOutCountsAsEnabled() {
        users.disable(ADA);
        users.attribute(ADA, "disabledReason", "permanentLockout");
        users.attribute(FRED, "ENABLED", "false");
        users.attribute(FRED, "disabledReason", "permanentLockout");

        assertThat(read(ADA, Requirements.NONE)).isEqualTo(Answer.ELIGIBLE);
        assertThat(read(ADA, ROLE)).isEqualTo(Answer.INELIGIBLE);
        assertThat(read(FRED, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void anotherReasonForBeingDisabledChangesNothing() {
        users.disable(ADA);
        users.attribute(ADA, "disabledReason", "left the company");

        assertThat(read(ADA, Requirements.NONE)).isEqualTo(Answer.INELIGIBLE);
    }

    @Test
    void aRoleIsHeldDirectly() {
        assertThat(read(ADA, ROLE)).isEqualTo(Answer.INELIGIBLE);

        users.hasRole(ADA, "mail");

        assertThat(read(ADA, ROLE)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void aRoleIsHeldThroughCompositeRolesLikeTheDefaultRoleOfTheRealm() {
        users.role("inner");
        users.role("default-roles");
        users.contains("inner", "mail");
        users.contains("default-roles", "inner");
        users.contains("mail", "default-roles");
        users.hasRole(ADA, "default-roles");

        assertThat(read(ADA, ROLE)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void aRoleThatIsContainedInTheRequiredOneIsNotEnough() {
        users.role("child");
        users.contains("mail", "child");
        users.hasRole(ADA, "child");

        assertThat(read(ADA, ROLE)).isEqualTo(Answer.INELIGIBLE);
    }

    @Test
    void aRoleIsHeldThroughAGroupAndTheGroupsAboveIt() {
        users.role("composite");
        users.contains("composite", "mail");
        users.group("team", "staff");
        users.group("squad", "team");
        users.groupHasRole("staff", "composite");
        users.isIn(ADA, "squad");

        assertThat(read(ADA, ROLE)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void aRoleOfASubgroupIsNotHeldByTheMembersOfTheGroupAboveIt() {
        users.group("team", "staff");
        users.groupHasRole("team", "mail");
        users.isIn(ADA, "staff");

        assertThat(read(ADA, ROLE)).isEqualTo(Answer.INELIGIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"staff", "team", "squad"})
    void aMemberOfASubgroupIsAMemberOfTheGroup(String group) {
        users.group("team", "staff");
        users.group("squad", "team");
        users.isIn(ADA, group);

        assertThat(read(ADA, GROUP)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void aMemberOfAnotherGroupOrOfTheGroupAboveIsNone() {
        users.group("company", " ");
        users.group("sales", "company");
        users.isIn(ADA, "company");
        users.isIn(ADA, "sales");

        assertThat(read(ADA, GROUP)).isEqualTo(Answer.INELIGIBLE);
    }

    @Test
    void roleAndGroupAreBothRequired() {
        users.hasRole(ADA, "mail");
        assertThat(read(ADA, BOTH)).isEqualTo(Answer.INELIGIBLE);

        users.isIn(ADA, "staff");

        assertThat(read(ADA, BOTH)).isEqualTo(Answer.ELIGIBLE);
    }

    @Test
    void aRoleOrGroupThatIsNotInTheTablesDecidesNothing() {
        Requirements role = new Requirements(Optional.of("gone"), Optional.empty());
        Requirements group = new Requirements(Optional.empty(), Optional.of("gone"));

        assertThat(read(ADA, role)).isEqualTo(Answer.UNKNOWN);
        assertThat(read(ADA, group)).isEqualTo(Answer.UNKNOWN);
        users.disable(ADA);
        assertThat(read(ADA, role)).isEqualTo(Answer.INELIGIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {IDA, FRED})
    void whatADirectoryCouldKnowBetterIsUnknown(String user) {
        assertThat(read(user, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
        assertThat(read(user, ROLE)).isEqualTo(Answer.UNKNOWN);
        assertThat(read(user, GROUP)).isEqualTo(Answer.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "f:ldap:nobody", "ADA"})
    void whoIsNotInTheTablesIsUnknown(String user) {
        users.disable(ADA);

        assertThat(read(user, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aUserOfAnotherRealmIsUnknown() {
        users.local("eve", "elsewhere");
        users.disable("eve");

        assertThat(read("eve", Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whereUsersAreKeptElsewhereNothingIsKnown() {
        users.disable(ADA);
        users.attribute(FRED, "ENABLED", "false");
        users.keepLocalUsersIn(mock(UserProvider.class));
        assertThat(read(ADA, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
        assertThat(read(FRED, Requirements.NONE)).isEqualTo(Answer.INELIGIBLE);

        users.keepFederatedUsersIn(mock(UserFederatedStorageProvider.class));
        assertThat(read(FRED, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aWholeStoreOfAnotherKindIsUnknown() {
        users.disable(ADA);
        users.keepEverythingIn(mock(DatastoreProvider.class));

        assertThat(read(ADA, Requirements.NONE)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void manyUsersAreReadWithOneStatementForEachTable() {
        List<String> many =
                IntStream.range(0, 50).mapToObj(number -> "user-" + number).toList();
        many.forEach(users::local);
        many.subList(0, 10).forEach(user -> users.hasRole(user, "mail"));
        many.forEach(user -> users.isIn(user, "staff"));
        users.settle();

        Map<String, Answer> answers = eligibility.read(users.session, REALM, many, BOTH);

        assertThat(many.subList(0, 10)).extracting(answers::get).containsOnly(Answer.ELIGIBLE);
        assertThat(many.subList(10, 50)).extracting(answers::get).containsOnly(Answer.INELIGIBLE);
        // Reasons, users, role, group, memberships, groups, roles of the users, roles of the groups.
        assertThat(users.queries).hasSize(8);
    }

    @Test
    void aStatementAsksForAtMostFiveHundred() {
        users.local("user-700");
        users.settle();
        List<String> many =
                IntStream.range(0, 1001).mapToObj(number -> "user-" + number).toList();

        Map<String, Answer> answers = eligibility.read(users.session, REALM, many, Requirements.NONE);

        assertThat(users.queries).hasSize(6);
        assertThat(answers).hasSize(1001).containsEntry("user-700", Answer.ELIGIBLE);
    }
}
