package io.github.keycloaknylas.admin;

import static io.github.keycloaknylas.admin.Samples.broker;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderModel;

/** Whether people sign in at the Entra tenant that Nylas refreshes at. */
class TenantCheckTest {

    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource({
        "common, common, FINE",
        "Contoso.example, contoso.EXAMPLE, FINE",
        "contoso.example, fabrikam.example, PROBLEM",
        "aaaaaaaa-0000-0000-0000-000000000000, bbbbbbbb-0000-0000-0000-000000000000, PROBLEM",
        "common, contoso.example, PROBLEM",
        "organizations, aaaaaaaa-0000-0000-0000-000000000000, PROBLEM",
        "contoso.example, common, NOTE",
        "common, organizations, NOTE",
        "contoso.example, aaaaaaaa-0000-0000-0000-000000000000, NOTE",
    })
    void theTenantsAre(String ofProvider, String ofConnector, String verdict) {
        TenantCheck.run("microsoft", ofProvider, ofConnector, findings);
        assertThat(findings.problems()).hasSize(verdict.equals("PROBLEM") ? 1 : 0);
        assertThat(findings.notes()).hasSize(verdict.equals("NOTE") ? 1 : 0);
    }

    @Test
    void theSocialProviderSignsInAtItsTenantOrAnywhere() {
        IdentityProviderModel social = Samples.social();
        assertThat(broker(social).tenant()).contains("common");
        social.getConfig().put("tenantId", "contoso.example");
        assertThat(broker(social).tenant()).contains("contoso.example");
    }

    @Test
    void anOidcProviderTellsItsTenantByTheTokenUrlOfEntra() {
        IdentityProviderModel oidc = Samples.oidc();
        assertThat(broker(oidc).tenant()).isEmpty();
        oidc.getConfig().put("tokenUrl", "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
        assertThat(broker(oidc).tenant()).contains("contoso.example");
        oidc.getConfig().put("tokenUrl", "https://login.example/contoso.example/oauth2/v2.0/token");
        assertThat(broker(oidc).tenant()).isEmpty();
    }
}
