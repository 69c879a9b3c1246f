package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.CLIENT;
import static io.github.keycloaknylas.setup.Samples.mapped;
import static io.github.keycloaknylas.setup.Samples.notes;
import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

/** Whether Nylas' Microsoft connector can redeem what Keycloak hands over. */
class ConnectorCheckTest {

    private static final Set<String> SCOPES = Set.of("User.Read", "Mail.Read", "Calendars.Read", "offline_access");

    private final Findings findings = new Findings();
    private final IdentityProviderModel oidc = Samples.oidc();

    @Test
    void aConnectorOfTheSameEntraApplicationIsFine() {
        check(mapped(oidc), new NylasConnector(CLIENT.toUpperCase(Locale.ROOT), "common", SCOPES));
        assertThat(findings.problems()).isEmpty();
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void aConnectorOfAnotherEntraApplicationIsTheProblemBothIdsAreNamedFor() {
        check(mapped(oidc), new NylasConnector("other-client", null, SCOPES));
        assertThat(problems(findings)).containsExactly(FindingCode.CONNECTOR_CLIENT_OTHER);
        assertThat(findings.problems().get(0).problem()).contains("other-client", CLIENT);
    }

    @Test
    void theClientOfACredentialIsOnlyNotedSinceNylasDoesNotTellIt() {
        check(mapped(oidc, Map.of("credentialId", "c-1")), new NylasConnector("other-client", null, SCOPES));
        assertThat(findings.problems()).isEmpty();
        assertThat(notes(findings)).containsExactly(FindingCode.CREDENTIAL_UNCHECKED);
    }

    @Test
    void aConnectorWhoseClientNylasDoesNotTellIsNoted() {
        check(mapped(oidc), new NylasConnector(null, null, SCOPES));
        assertThat(findings.problems()).isEmpty();
        assertThat(notes(findings)).containsExactly(FindingCode.CONNECTOR_CLIENT_UNKNOWN);
    }

    @Test
    void aConnectorThatAsksForMoreThanTheProviderCannotRefresh() {
        check(
                mapped(oidc),
                new NylasConnector(
                        CLIENT,
                        null,
                        Set.of("Mail.Read", "Calendars.Read", "https://graph.microsoft.com/Contacts.Read", "openid")));
        assertThat(problems(findings)).containsExactly(FindingCode.CONNECTOR_SCOPES_WIDER);
        assertThat(findings.problems().get(0).problem()).contains("contacts.read");
    }

    @Test
    void theScopesOfEverySignInNeedNotBeAskedForBecauseTheConnectorNamesThem() {
        oidc.getConfig().put("defaultScope", "offline_access Mail.Read Calendars.Read");
        check(
                mapped(oidc),
                new NylasConnector(CLIENT, null, Set.of("openid", "profile", "email", "Mail.Read", "Calendars.Read")));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void consentToMoreIsNoConsentToLess() {
        oidc.getConfig().put("defaultScope", "offline_access User.Read Mail.ReadWrite Calendars.Read");
        check(mapped(oidc), new NylasConnector(CLIENT, null, SCOPES));
        assertThat(problems(findings)).containsExactly(FindingCode.CONNECTOR_SCOPES_WIDER);
    }

    @Test
    void aConnectorThatAsksForLessThanTheMapperRequiresIsAProblem() {
        check(mapped(oidc), new NylasConnector(CLIENT, null, Set.of("Mail.Read")));
        assertThat(problems(findings)).containsExactly(FindingCode.CONNECTOR_SCOPES_NARROWER);
        assertThat(findings.problems().get(0).problem()).contains("Calendars.Read");
    }

    @Test
    void theScopesOfEverySignInNeedNotBeInTheConnector() {
        check(
                mapped(oidc, Map.of("requiredScopes", "Mail.Read offline_access openid")),
                new NylasConnector(CLIENT, null, Set.of("Mail.Read")));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void scopesThatNylasDoesNotTellAreNoted() {
        check(mapped(oidc), new NylasConnector(CLIENT, null, Set.of()));
        assertThat(findings.problems()).isEmpty();
        assertThat(notes(findings)).containsExactly(FindingCode.CONNECTOR_SCOPES_UNKNOWN);
    }

    @Test
    void anotherTenantIsAProblemWhereBothAreKnown() {
        IdentityProviderModel social = Samples.social();
        check(mapped(social), new NylasConnector(CLIENT, "contoso.example", SCOPES));
        check(mapped(oidc), new NylasConnector(CLIENT, "contoso.example", SCOPES));
        assertThat(findings.problems())
                .extracting(Finding::code, Finding::provider)
                .containsExactly(tuple("connector_tenant_other", "microsoft"));
    }

    private void check(MappedProvider provider, NylasConnector connector) {
        ConnectorCheck.run(provider, connector, findings);
    }
}
