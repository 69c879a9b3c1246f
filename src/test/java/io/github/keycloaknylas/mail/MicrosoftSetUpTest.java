package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderModel;

/** Whether people sign in at the Entra tenant that Nylas refreshes at. */
class MicrosoftSetUpTest {

    private static IdentityProviderModel broker(String kind) {
        IdentityProviderModel broker = new IdentityProviderModel();
        broker.setProviderId(kind);
        return broker;
    }

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
        IdentityProviderModel social = broker("microsoft");
        social.getConfig().put("tenantId", ofProvider);

        List<SetUpRemark> remarks =
                new Microsoft().checkConnector(social, new NylasConnector(null, ofConnector, Set.of()));

        assertThat(remarks).hasSize(verdict.equals("FINE") ? 0 : 1).allSatisfy(remark -> {
            assertThat(remark.problem()).isEqualTo(verdict.equals("PROBLEM"));
            assertThat(remark.code())
                    .isEqualTo(verdict.equals("PROBLEM") ? "connector_tenant_other" : "connector_tenant_unsure");
        });
    }

    @Test
    void aTenantThatNylasDoesNotTellIsNotCompared() {
        assertThat(new Microsoft().checkConnector(broker("microsoft"), new NylasConnector(null, null, Set.of())))
                .isEmpty();
    }

    @Test
    void theSocialProviderSignsInAtItsTenantOrAnywhere() {
        IdentityProviderModel social = broker("microsoft");
        assertThat(MicrosoftSetUp.tenant(social)).contains("common");
        social.getConfig().put("tenantId", "contoso.example");
        assertThat(MicrosoftSetUp.tenant(social)).contains("contoso.example");
    }

    @Test
    void anOidcProviderTellsItsTenantByTheTokenUrlOfEntra() {
        IdentityProviderModel oidc = broker("oidc");
        assertThat(MicrosoftSetUp.tenant(oidc)).isEmpty();
        oidc.getConfig().put("tokenUrl", "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
        assertThat(MicrosoftSetUp.tenant(oidc)).contains("contoso.example");
        oidc.getConfig().put("tokenUrl", "https://login.example/contoso.example/oauth2/v2.0/token");
        assertThat(MicrosoftSetUp.tenant(oidc)).isEmpty();
    }
}
