package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** A role that nobody can have is logged at the login that meets it. */
class EntitlementTest {

    private static final Audience MAIL_ROLE = new Audience(Optional.of("mail"), Optional.empty(), Set.of());

    private final Logger log = mock(Logger.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel ada = mock(UserModel.class);
    private final Entitlement entitlement = new Entitlement(
            mock(KeycloakSession.class), realm, ada, "mail-app", new ThrottledWarnings(log, InstantSource.system()));

    @Test
    void aRoleThatDoesNotExistIsLoggedOnce() {
        when(realm.getName()).thenReturn("acme");

        assertThat(entitlement.isAdmitted("microsoft", MAIL_ROLE)).isFalse();
        assertThat(entitlement.isAdmitted("microsoft", MAIL_ROLE)).isFalse();

        verify(log)
                .warnf(
                        any(String.class),
                        any(),
                        any(),
                        contains(
                                "The role 'mail' of the mapper does not exist in realm 'acme': no user gets a grant."));
    }

    @Test
    void aUserWhoMerelyLacksTheRoleIsNoNews() {
        RoleModel mail = mock(RoleModel.class);
        when(realm.getRole("mail")).thenReturn(mail);

        assertThat(entitlement.isAdmitted("microsoft", MAIL_ROLE)).isFalse();
        verify(log, never()).warnf(any(String.class), any(), any(), any());

        when(ada.hasRole(mail)).thenReturn(true);
        assertThat(entitlement.isAdmitted("microsoft", MAIL_ROLE)).isTrue();
    }
}
