package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.keycloaknylas.setup.FakeNylas;
import io.github.keycloaknylas.setup.FakeRealm;
import io.github.keycloaknylas.setup.Finding;
import io.github.keycloaknylas.setup.Samples;
import io.github.keycloaknylas.setup.SetupReport;
import io.github.keycloaknylas.setup.SetupStep;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.OperationType;
import org.keycloak.util.JsonSerialization;

/** The whole call, from its permissions to its answer, against a fake realm and a fake Nylas. */
class NylasAdminResourceTest {

    private FakeRealm fake;

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeRealm();
        fake.add(Samples.social(), Map.of());
    }

    @AfterEach
    void close() throws IOException {
        fake.close();
    }

    @Test
    void aRealmThatIsAsItShouldBeIsOkOnceItIsSetUp() {
        assertThat(checked().problems())
                .extracting(Finding::code)
                .containsExactly("attribute_missing", "attribute_missing", "client_scope_missing");
        SetupReport report = setUp();
        assertThat(report.done()).extracting(SetupStep::outcome).containsOnly(SetupStep.Outcome.CREATED);
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(setUp().done()).extracting(SetupStep::outcome).containsOnly(SetupStep.Outcome.UNCHANGED);
        assertThat(checked().ok()).isTrue();
    }

    @Test
    void theSetUpTakesTheRolesThatTheSameChangesTakeInTheConsole() {
        doThrow(new ForbiddenException()).when(fake.realmRights).requireManageRealm();
        refused();
    }

    @Test
    void theSetUpTakesTheRightToManageClientScopes() {
        doThrow(new ForbiddenException()).when(fake.clientRights).requireManageClientScopes();
        refused();
    }

    @Test
    void theSetUpTakesTheRightToSeeIdentityProviders() {
        doThrow(new ForbiddenException()).when(fake.realmRights).requireViewIdentityProviders();
        refused();
    }

    @Test
    void checkingTakesTheRightsToSeeTheRealmAndItsProviders() {
        doThrow(new ForbiddenException()).when(fake.realmRights).requireViewRealm();
        assertThatThrownBy(fake.resource::check).isInstanceOf(ForbiddenException.class);
        doThrow(new ForbiddenException()).when(fake.realmRights).requireViewIdentityProviders();
        assertThatThrownBy(fake.resource::check).isInstanceOf(ForbiddenException.class);
        assertThat(fake.nylas.asked).isEmpty();
    }

    @Test
    void checkingNeedsNoRightToChangeAnythingAndChangesNothing() {
        fake.resource.check();
        verify(fake.realmRights, never()).requireManageRealm();
        verifyNoInteractions(fake.event);
        assertThat(fake.writes).isEmpty();
    }

    @Test
    void theSetUpIsWrittenToTheAdminEvents() {
        SetupReport report = setUp();
        verify(fake.event).operation(OperationType.ACTION);
        verify(fake.event).resource("NYLAS_SETUP");
        verify(fake.event).representation(report);
        verify(fake.event).success();
    }

    @Test
    void nylasIsAskedBeforeAnythingIsWritten() {
        fake.nylas.onRequest = () -> assertThat(fake.writes).isEmpty();
        setUp();
        assertThat(fake.writes).isNotEmpty();
        assertThat(fake.nylas.failures).isEmpty();
    }

    @Test
    void noSecretIsInTheAnswer() throws IOException {
        fake.nylas.application = new FakeNylas.Reply(
                401,
                "{\"request_id\":\"r-1\",\"error\":{\"type\":" + "\"unauthorized\",\"message\":\"key "
                        + FakeRealm.API_KEY + " is wrong\"}}");
        assertThat(JsonSerialization.writeValueAsString(setUp()))
                .contains("api_key_refused")
                .doesNotContain(FakeRealm.API_KEY, "provider-secret");
    }

    @Test
    void aRealmWithoutAMapperGetsTheUsualAttributeAndIsToldWhatIsMissing() {
        fake.remove("microsoft");
        SetupReport report = setUp();
        assertThat(report.done()).extracting(SetupStep::name).startsWith("nylas_grant_id", "nylas_grant_status");
        assertThat(report.problems()).extracting(Finding::code).containsExactly("mapper_missing");
        assertThat(fake.nylas.asked).isEmpty();
    }

    @Test
    void theAttributeOfEveryMapperIsDeclared() {
        fake.add(Samples.oidc(), Map.of("attribute", "work_grant"));
        assertThat(setUp().done())
                .filteredOn(step -> step.what().equals("user_attribute"))
                .extracting(SetupStep::name)
                .containsExactly("nylas_grant_id", "nylas_grant_status", "work_grant", "work_grant_status");
    }

    private void refused() {
        assertThatThrownBy(fake.resource::setUp).isInstanceOf(ForbiddenException.class);
        assertThat(fake.writes).isEmpty();
        assertThat(fake.nylas.asked).isEmpty();
        verifyNoInteractions(fake.event);
    }

    private SetupReport setUp() {
        return report(fake.resource.setUp());
    }

    private SetupReport checked() {
        return report(fake.resource.check());
    }

    private static SetupReport report(Response response) {
        assertThat(response.getStatus()).isEqualTo(200);
        return (SetupReport) response.getEntity();
    }
}
