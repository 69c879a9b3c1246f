package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.mapped;
import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.GroupProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** A role or group that does not exist is reported by the set-up call. */
class AudienceCheckTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final Findings findings = new Findings();

    private void check(Map<String, String> settings) {
        new AudienceCheck(session, realm).run(mapped(Samples.social(), settings), findings);
    }

    @Test
    void aMapperWithoutConditionsHasNoProblem() {
        check(Map.of());

        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aRoleThatExistsIsNoProblem() {
        RoleModel mail = mock(RoleModel.class);
        when(realm.getRole("mail")).thenReturn(mail);

        check(Map.of("role", "mail"));

        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aRoleThatDoesNotExistIsReportedWithItsName() {
        check(Map.of("role", "mail"));

        assertThat(problems(findings)).containsExactly(FindingCode.ROLE_MISSING);
        assertThat(findings.problems().get(0).problem()).contains("role 'mail'");
        assertThat(findings.problems().get(0).next()).isNotBlank();
    }

    @Test
    void aGroupThatDoesNotExistIsReportedWithItsPath() {
        GroupProvider groups = mock(GroupProvider.class);
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        GroupProviderFactory<?> groupFactory = mock(GroupProviderFactory.class);
        when(session.groups()).thenReturn(groups);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        org.mockito.Mockito.doReturn(groupFactory).when(factory).getProviderFactory(GroupProvider.class);

        check(Map.of("group", "/staff"));

        assertThat(problems(findings)).containsExactly(FindingCode.GROUP_MISSING);
        assertThat(findings.problems().get(0).problem()).contains("group '/staff'");
    }
}
