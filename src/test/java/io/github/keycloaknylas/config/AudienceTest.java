package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.GroupProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

class AudienceTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel ada = mock(UserModel.class);
    private final RoleModel role = mock(RoleModel.class);
    private final GroupModel group = mock(GroupModel.class);

    AudienceTest() {
        GroupProvider groups = mock(GroupProvider.class);
        when(realm.getRole("mail")).thenReturn(role);
        when(session.groups()).thenReturn(groups);
        when(groups.getGroupByName(any(), any(), any()))
                .thenAnswer(call -> "staff".equals(call.getArgument(2)) ? group : null);
        when(groups.getTopLevelGroupsStream(any())).thenAnswer(call -> Stream.of(group));
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        GroupProviderFactory<?> groupFactory = mock(GroupProviderFactory.class);
        doReturn(groupFactory).when(factory).getProviderFactory(GroupProvider.class);
        when(group.getName()).thenReturn("staff");
    }

    private boolean admits(String requiredRole, String requiredGroup, Set<String> clients, String client) {
        return new Audience(Optional.ofNullable(requiredRole), Optional.ofNullable(requiredGroup), clients)
                .admits(session, realm, ada, client);
    }

    @Test
    void withoutConditionsEverybodyIsAdmitted() {
        assertThat(admits(null, null, Set.of(), "any")).isTrue();
        assertThat(admits(null, null, Set.of(), null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"mail-app,true", "calendar,true", "Mail-App,false", "other,false"})
    void onlyLoginsToTheChosenClientsAreAdmitted(String client, boolean admitted) {
        assertThat(admits(null, null, Set.of("mail-app", "calendar"), client)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void onlyMembersOfTheRoleAreAdmitted(boolean member) {
        when(ada.hasRole(role)).thenReturn(member);

        assertThat(admits("mail", null, Set.of(), "any")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void onlyMembersOfTheGroupAreAdmitted(boolean member) {
        when(ada.isMemberOf(group)).thenReturn(member);

        assertThat(admits(null, "/staff", Set.of(), "any")).isEqualTo(member);
    }

    @Test
    void aRoleOrGroupThatIsGoneAdmitsNobody() {
        when(ada.hasRole(any())).thenReturn(true);
        when(ada.isMemberOf(any())).thenReturn(true);

        assertThat(admits("gone", null, Set.of(), "any")).isFalse();
        assertThat(admits(null, "/gone", Set.of(), "any")).isFalse();
    }

    @Test
    void aRoleOrGroupThatDoesNotExistIsReported() {
        when(realm.getName()).thenReturn("acme");
        Audience gone = new Audience(Optional.of("gone"), Optional.of("/gone"), Set.of());

        assertThat(gone.missingRole(realm)).contains("gone");
        assertThat(gone.missingGroup(session, realm)).contains("/gone");
        assertThat(gone.problems(session, realm))
                .containsExactly(
                        "The role 'gone' of the mapper does not exist in realm 'acme': no user gets a grant. Create it"
                                + " or correct the mapper.",
                        "The group '/gone' of the mapper does not exist in realm 'acme': no user gets a grant. Create"
                                + " it or correct the mapper.");
    }

    @Test
    void aRoleAndGroupThatExistAreNotReportedNorIsTheirAbsence() {
        assertThat(new Audience(Optional.of("mail"), Optional.of("/staff"), Set.of()).problems(session, realm))
                .isEmpty();
        assertThat(new Audience(Optional.empty(), Optional.empty(), Set.of()).problems(session, realm))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true,mail-app,true", "false,true,mail-app,false", "true,false,mail-app,false", "true,true,x,false"
    })
    void everyConditionHasToBeMet(boolean hasRole, boolean inGroup, String client, boolean admitted) {
        when(ada.hasRole(role)).thenReturn(hasRole);
        when(ada.isMemberOf(group)).thenReturn(inGroup);

        assertThat(admits("mail", "/staff", Set.of("mail-app"), client)).isEqualTo(admitted);
    }
}
