package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.RealmPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.UserPermissionEvaluator;

/** The calls that start, show and cancel a backfill, from their permissions to their answers. */
@OnEveryDatabase
class BackfillAdminResourceTest {

    private static final String REALM = "realm";
    private static final String BODY = "{\"provider\":\"entra\",\"dryRun\":true,\"rate\":7}";

    private final RealmPermissionEvaluator realmRights = mock(RealmPermissionEvaluator.class);
    private final UserPermissionEvaluator userRights = mock(UserPermissionEvaluator.class);
    private final AdminPermissionEvaluator auth = mock(AdminPermissionEvaluator.class);
    private final AdminEventBuilder event =
            mock(AdminEventBuilder.class, withSettings().defaultAnswer(RETURNS_SELF));
    private final FakeKeycloak keycloak;

    BackfillAdminResourceTest(Engine engine) {
        Options.none().with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        keycloak.realm(REALM);
        keycloak.provider(REALM, "entra", Map.of());
        UserModel administrator = mock(UserModel.class);
        when(administrator.getId()).thenReturn("admin-id");
        AdminAuth admin = mock(AdminAuth.class);
        when(admin.getUser()).thenReturn(administrator);
        when(auth.adminAuth()).thenReturn(admin);
        when(auth.realm()).thenReturn(realmRights);
        when(auth.users()).thenReturn(userRights);
    }

    private Response call(Function<BackfillAdminResource, Response> call) {
        try (KeycloakSession session = keycloak.lightweightSession()) {
            session.getContext().setRealm(keycloak.realm(REALM));
            return call.apply(new BackfillAdminResource(session, keycloak.realm(REALM), auth, event));
        }
    }

    private static BackfillReport report(Response response) {
        assertThat(response.getStatus()).isEqualTo(200);
        return (BackfillReport) response.getEntity();
    }

    private List<ThrowingCallable> changes() {
        return List.of(() -> call(resource -> resource.start(BODY)), () -> call(resource -> resource.cancel("entra")));
    }

    @Test
    void changesTakeTheRightsToManageUsersAndProviders() {
        doThrow(new ForbiddenException()).when(userRights).requireManage();
        assertThat(changes()).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ForbiddenException.class));
        reset(userRights);
        doThrow(new ForbiddenException()).when(realmRights).requireManageIdentityProviders();
        assertThat(changes()).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ForbiddenException.class));
        verify(event, never()).success();
    }

    @Test
    void showingTakesTheRightsToSeeUsersAndProviders() {
        doThrow(new ForbiddenException()).when(userRights).requireView();
        assertThatThrownBy(() -> call(resource -> resource.show("entra"))).isInstanceOf(ForbiddenException.class);
        reset(userRights);
        doThrow(new ForbiddenException()).when(realmRights).requireViewIdentityProviders();
        assertThatThrownBy(() -> call(resource -> resource.show("entra"))).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aStartedBackfillIsShownAndWrittenAsAnEvent() {
        assertThat(report(call(resource -> resource.show("entra"))).state()).isEqualTo("none");

        BackfillReport started = report(call(resource -> resource.start(BODY)));

        assertThat(started.state()).isEqualTo("running");
        assertThat(started.dryRun()).isTrue();
        assertThat(started.rate()).isEqualTo(7);
        assertThat(started.startedBy()).isEqualTo("admin-id");
        assertThat(report(call(resource -> resource.show("entra")))).isEqualTo(started);
        verify(event).operation(OperationType.CREATE);
        verify(event).resource("NYLAS_BACKFILL");
        verify(event).representation(started);
        verify(event).success();
    }

    @Test
    void aCancelledBackfillIsShownAndWrittenAsAnEvent() {
        call(resource -> resource.start(BODY));

        assertThat(report(call(resource -> resource.cancel("entra"))).state()).isEqualTo("cancelled");

        verify(event).operation(OperationType.DELETE);
        assertThat(report(call(resource -> resource.show("entra"))).endedAt()).isNotNull();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(call(resource -> resource.start(BODY.replace("entra", "unknown")))
                        .getStatus())
                .isEqualTo(404);
        assertThat(call(resource -> resource.cancel("entra")).getStatus()).isEqualTo(404);
        verify(event, never()).representation(any());
    }

    @Test
    void aSecondBackfillAndAProviderWithoutAMapperAreConflicts() {
        call(resource -> resource.start(BODY));
        assertThat(call(resource -> resource.start(BODY)).getStatus()).isEqualTo(409);
        keycloak.bareProvider(REALM, "bare");
        assertThat(call(resource -> resource.start(BODY.replace("entra", "bare")))
                        .getStatus())
                .isEqualTo(409);
    }

    @Test
    void aProviderHasToBeNamed() {
        assertThat(call(resource -> resource.show(null)).getStatus()).isEqualTo(400);
        assertThat(call(resource -> resource.cancel(" ")).getStatus()).isEqualTo(400);
        assertThat(call(resource -> resource.start("{}")).getStatus()).isEqualTo(400);
    }
}
