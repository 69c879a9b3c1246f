package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.delivery.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

/** An administrator changes a user who may have to lose the grant. */
class UserChangeTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transactions = mock(KeycloakTransactionManager.class);
    private final Delivery delivery = mock(Delivery.class);
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();

    UserChangeTest() {
        when(session.getTransactionManager()).thenReturn(transactions);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        doAnswer(call -> afterCompletion.add(call.getArgument(0)))
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    private void happens(OperationType operation, ResourceType resource, String path) {
        AdminEvent event = new AdminEvent();
        event.setRealmId("realm");
        event.setOperationType(operation);
        event.setResourceType(resource);
        event.setResourcePath(path);
        new GrantEventListener(session, null).onEvent(event, false);
    }

    private void commit() {
        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::commit);
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE,USER,users/ada",
        "DELETE,REALM_ROLE_MAPPING,users/ada/role-mappings/realm",
        "DELETE,CLIENT_ROLE_MAPPING,users/ada/role-mappings/clients/mail-app",
        "DELETE,GROUP_MEMBERSHIP,users/ada/groups/staff"
    })
    void theUserIsReportedAfterTheCommit(OperationType operation, ResourceType resource, String path) {
        happens(operation, resource, path);
        verifyNoMoreInteractions(delivery);

        commit();

        verify(delivery).userChanged("realm", "ada");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE,USER,users/ada",
        "CREATE,REALM_ROLE_MAPPING,users/ada/role-mappings/realm",
        "ACTION,USER,users/ada/logout",
        "DELETE,REALM_ROLE_MAPPING,groups/staff/role-mappings/realm",
        "UPDATE,CLIENT,clients/mail-app",
        "DELETE,USER,users/ada",
        "DELETE,USER,users/ada/federated-identity/microsoft",
        "UPDATE,USER,users",
        "UPDATE,USER,",
        "UPDATE,,users/ada"
    })
    void nothingElseIsReported(OperationType operation, ResourceType resource, String path) {
        happens(operation, resource, path);

        assertThat(afterCompletion).isEmpty();
    }

    @Test
    void aChangeThatIsRolledBackIsNotReported() {
        happens(OperationType.UPDATE, ResourceType.USER, "users/ada");

        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::rollback);

        verifyNoMoreInteractions(delivery);
    }

    @Test
    void whateverFailsTheChangeOfTheUserDoesNot() {
        when(session.getTransactionManager()).thenThrow(new NoClassDefFoundError("lost"));

        assertThatCode(() -> happens(OperationType.UPDATE, ResourceType.USER, "users/ada"))
                .doesNotThrowAnyException();
    }
}
