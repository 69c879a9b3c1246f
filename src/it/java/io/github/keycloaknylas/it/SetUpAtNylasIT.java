package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SetUp;
import io.github.keycloaknylas.it.support.SetUpConnections;
import io.github.keycloaknylas.it.support.SharedServers;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.UsesServers;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.NylasApplication.Status;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the set-up call finds at Nylas: key, application and Microsoft connector. */
@UsesServers(SharedServers.H2)
class SetUpAtNylasIT {

    private static final KeycloakServer SERVER = TestEnvironment.keycloak();
    private static final TestRealm REALM = TestRealm.create(SERVER);
    private static final TestConnection NYLAS = SetUpConnections.CONNECTION;
    private static final String OIDC = "entra";
    private static final String SOCIAL = "of-one-tenant";
    private static final String CREDENTIAL = "with-credential";
    private static final String TENANT = "6a2f6a3e-0c57-4f0c-9d53-2c5f3a0c4b11";

    @BeforeAll
    static void setUp() {
        add(MicrosoftRealm.oidc(OIDC), Map.of());
        add(MicrosoftRealm.social(SOCIAL).tenant(TENANT), Map.of());
        add(MicrosoftRealm.oidc(CREDENTIAL), Map.of("credentialId", "some-credential"));
        new SetUp(SERVER, REALM.name()).run();
    }

    @AfterAll
    static void remove() {
        REALM.close();
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
        NYLAS.application().status(Status.GOOD);
        NYLAS.application().apiKey(NYLAS.apiKey());
        NYLAS.presents(TestConnection.CLIENT);
    }

    @Test
    void whatIsAsItShouldBeIsNotMentioned() {
        SetUp.Answer answer = check();

        assertThat(answer.ok()).isTrue();
        assertThat(answer.notes(OIDC)).isEmpty();
        assertThat(answer.notes(CREDENTIAL)).containsExactly("credential_unchecked");
    }

    @Test
    void aRefusedKeyIsSaid() {
        NYLAS.application().revoke(NYLAS.apiKey());

        assertFound("api_key_refused");
    }

    @Test
    void aBlockedOrForbiddenApplicationIsSaid() {
        NYLAS.application().status(Status.BLOCKED);
        assertFound("nylas_refused");

        NYLAS.application().status(Status.FORBIDDEN);
        assertFound("nylas_refused");
    }

    @Test
    void aNylasThatFailsIsNoErrorOfTheCall() {
        TestEnvironment.NYLAS.faults().always(NYLAS.requests(), ErrorFaults.status(503));

        assertFound("nylas_unreachable");
    }

    @Test
    void theKeyOfASandboxIsSaidAndThatItIsAnotherApplicationThanWasNamed() {
        NylasApplication sandbox = TestEnvironment.NYLAS.application(
                "set-up-sandbox-" + UUID.randomUUID(), NYLAS.application().region(), "sandbox");
        sandbox.connector(TestConnection.CLIENT, "common", "User.Read", "Mail.Read", "Calendars.Read");
        NYLAS.application().revoke(NYLAS.apiKey());
        sandbox.apiKey(NYLAS.apiKey());
        try {
            assertFound("application_other", "application_sandbox");
        } finally {
            sandbox.revoke(NYLAS.apiKey());
        }
    }

    @Test
    void aMissingConnectorIsSaid() {
        NYLAS.application().removeConnector();

        assertFound("connector_missing");
    }

    @Test
    void aConnectorForAnotherEntraApplicationIsSaidUnlessTheMapperNamesACredential() {
        NYLAS.presents(new OAuthClient("another-client", "its-secret"));

        SetUp.Answer answer = check();

        assertThat(answer.problems(OIDC)).containsExactly("connector_client_other");
        assertThat(answer.problems(CREDENTIAL)).isEmpty();
        assertThat(answer.body()).contains("another-client").doesNotContain("its-secret");
    }

    @Test
    void aConnectorThatDoesNotTellItsClientIsANote() {
        NYLAS.presents(new OAuthClient(null, "its-secret"));

        SetUp.Answer answer = check();

        assertThat(answer.problems(OIDC)).isEmpty();
        assertThat(answer.notes(OIDC)).containsExactly("connector_client_unknown");
    }

    @Test
    void theConnectorsScopesAreHeldAgainstThoseOfTheProvider() {
        NYLAS.application().connector(TestConnection.CLIENT, "common", "User.Read", "Mail.Send");
        assertFound("connector_scopes_wider", "connector_scopes_narrower");

        NYLAS.application().connector(TestConnection.CLIENT, "common");
        SetUp.Answer unknown = check();
        assertThat(unknown.problems(OIDC)).isEmpty();
        assertThat(unknown.notes(OIDC)).containsExactly("connector_scopes_unknown");
    }

    @Test
    void theConnectorsTenantIsHeldAgainstThatOfTheSocialProvider() {
        assertThat(check().notes(SOCIAL)).containsExactly("connector_tenant_unsure");

        of("contoso.example");
        assertThat(check().notes(SOCIAL)).containsExactly("connector_tenant_unsure");

        of(UUID.randomUUID().toString());
        assertThat(check().problems(SOCIAL)).containsExactly("connector_tenant_other");

        of(TENANT);
        SetUp.Answer same = check();
        assertThat(same.problems(SOCIAL)).isEmpty();
        assertThat(same.notes(SOCIAL)).isEmpty();
    }

    private static void of(String tenant) {
        NYLAS.application().connector(TestConnection.CLIENT, tenant, "User.Read", "Mail.Read", "Calendars.Read");
    }

    private static void assertFound(String... codes) {
        assertThat(check().problems(OIDC)).containsExactly(codes);
    }

    private static SetUp.Answer check() {
        return new SetUp(SERVER, REALM.name()).check();
    }

    private static void add(IdentityProvider provider, Map<String, String> more) {
        Map<String, String> mapper = new HashMap<>(NYLAS.mapper());
        mapper.putAll(more);
        REALM.addProvider(provider);
        REALM.addMapper(provider.alias(), MicrosoftRealm.MAPPER, mapper);
    }
}
