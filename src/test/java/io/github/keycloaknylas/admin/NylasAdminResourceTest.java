package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

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

    private PlayedRealm played;

    @BeforeEach
    void play() throws IOException {
        played = new PlayedRealm();
        played.add(Samples.social(), Map.of());
    }

    @AfterEach
    void close() throws IOException {
        played.close();
    }

    @Test
    void aRealmThatIsAsItShouldBeIsOkOnceItIsSetUp() {
        assertThat(checked().problems())
                .extracting(Entry::code)
                .containsExactly("attribute_missing", "client_scope_missing");
        Report report = setUp();
        assertThat(report.done()).extracting(Step::outcome).containsOnly(Step.Outcome.CREATED);
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(setUp().done()).extracting(Step::outcome).containsOnly(Step.Outcome.UNCHANGED);
        assertThat(checked().ok()).isTrue();
    }

    @Test
    void theSetUpTakesTheRolesThatTheSameChangesTakeInTheConsole() {
        doThrow(new ForbiddenException()).when(played.realmRights).requireManageRealm();
        refused();
    }

    @Test
    void theSetUpTakesTheRightToManageClientScopes() {
        doThrow(new ForbiddenException()).when(played.clientRights).requireManageClientScopes();
        refused();
    }

    @Test
    void theSetUpTakesTheRightToSeeIdentityProviders() {
        doThrow(new ForbiddenException()).when(played.realmRights).requireViewIdentityProviders();
        refused();
    }

    @Test
    void checkingTakesTheRightsToSeeTheRealmAndItsProviders() {
        doThrow(new ForbiddenException()).when(played.realmRights).requireViewRealm();
        assertThatThrownBy(played.resource::check).isInstanceOf(ForbiddenException.class);
        doThrow(new ForbiddenException()).when(played.realmRights).requireViewIdentityProviders();
        assertThatThrownBy(played.resource::check).isInstanceOf(ForbiddenException.class);
        assertThat(played.nylas.asked).isEmpty();
    }

    @Test
    void checkingNeedsNoRightToChangeAnythingAndChangesNothing() {
        played.resource.check();
        verify(played.realmRights, never()).requireManageRealm();
        verifyNoInteractions(played.event);
        assertThat(played.writes).isEmpty();
    }

    @Test
    void theSetUpIsWrittenToTheAdminEvents() {
        Report report = setUp();
        verify(played.event).operation(OperationType.ACTION);
        verify(played.event).resource("NYLAS_SETUP");
        verify(played.event).representation(report);
        verify(played.event).success();
    }

    @Test
    void nylasIsAskedBeforeAnythingIsWritten() {
        played.nylas.onRequest = () -> assertThat(played.writes).isEmpty();
        setUp();
        assertThat(played.writes).isNotEmpty();
        assertThat(played.nylas.failures).isEmpty();
    }

    @Test
    void noSecretIsInTheAnswer() throws IOException {
        played.nylas.application = new FakeNylas.Reply(
                401,
                "{\"request_id\":\"r-1\",\"error\":{\"type\":" + "\"unauthorized\",\"message\":\"key "
                        + PlayedRealm.API_KEY + " is wrong\"}}");
        assertThat(JsonSerialization.writeValueAsString(setUp()))
                .contains("api_key_refused")
                .doesNotContain(PlayedRealm.API_KEY, "provider-secret");
    }

    @Test
    void aRealmWithoutAMapperGetsTheUsualAttributeAndIsToldWhatIsMissing() {
        played.remove("microsoft");
        Report report = setUp();
        assertThat(report.done()).extracting(Step::name).startsWith("nylas_grant_id");
        assertThat(report.problems()).extracting(Entry::code).containsExactly("mapper_missing");
        assertThat(played.nylas.asked).isEmpty();
    }

    @Test
    void theAttributeOfEveryMapperIsDeclared() {
        played.add(Samples.oidc(), Map.of("attribute", "work_grant"));
        assertThat(setUp().done())
                .filteredOn(step -> step.what().equals("user_attribute"))
                .extracting(Step::name)
                .containsExactly("nylas_grant_id", "work_grant");
    }

    private void refused() {
        assertThatThrownBy(played.resource::setUp).isInstanceOf(ForbiddenException.class);
        assertThat(played.writes).isEmpty();
        assertThat(played.nylas.asked).isEmpty();
        verifyNoInteractions(played.event);
    }

    private Report setUp() {
        return report(played.resource.setUp());
    }

    private Report checked() {
        return report(played.resource.check());
    }

    private static Report report(Response response) {
        assertThat(response.getStatus()).isEqualTo(200);
        return (Report) response.getEntity();
    }
}
