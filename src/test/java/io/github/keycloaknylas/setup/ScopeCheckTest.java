package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.codes;
import static io.github.keycloaknylas.setup.Samples.mapped;
import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

/** Whether a provider asks Microsoft for enough. */
class ScopeCheckTest {

    private final Findings findings = new Findings();
    private final IdentityProviderModel social = Samples.social();
    private final IdentityProviderModel oidc = Samples.oidc();

    @Test
    void scopesInAnySpellingAreEnough() {
        social.getConfig()
                .put(
                        "defaultScope",
                        "OFFLINE_ACCESS user.read https://graph.microsoft.com/Mail.Read" + "  Calendars.ReadWrite");
        ScopeCheck.run(mapped(social), findings);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void withoutDefaultScopesTheSocialProviderAsksForTheProfileOnly() {
        social.getConfig().remove("defaultScope");
        ScopeCheck.run(mapped(social), findings);
        assertThat(codes(findings)).containsExactly("offline_access_missing", "mail_scopes_missing");
    }

    @Test
    void withoutDefaultScopesAnOidcProviderAsksForOpenidOnly() {
        oidc.getConfig().put("defaultScope", "");
        ScopeCheck.run(mapped(oidc), findings);
        assertThat(codes(findings)).containsExactly("offline_access_missing", "mail_scopes_missing");
    }

    @Test
    void withoutOfflineAccessThereIsNoRefreshToken() {
        oidc.getConfig().put("defaultScope", "openid Mail.Read Calendars.Read");
        ScopeCheck.run(mapped(oidc), findings);
        assertThat(codes(findings)).containsExactly("offline_access_missing");
    }

    @Test
    void defaultScopesOfTheSocialProviderHaveToRepeatTheProfile() {
        social.getConfig().put("defaultScope", "offline_access Mail.Read Calendars.Read");
        ScopeCheck.run(mapped(social), findings);
        assertThat(codes(findings)).containsExactly("user_read_missing");
    }

    @Test
    void anOidcProviderNeedsNeitherTheProfileNorOpenidSpelledOut() {
        oidc.getConfig().put("defaultScope", "offline_access Mail.Read Calendars.Read");
        ScopeCheck.run(mapped(oidc), findings);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void whatTheMapperRequiresHasToBeAskedFor() {
        ScopeCheck.run(mapped(oidc, Map.of("requiredScopes", "Mail.Send Mail.Read Contacts.Read")), findings);
        assertThat(problems(findings)).containsExactly(FindingCode.MAIL_SCOPES_MISSING);
        assertThat(findings.problems().get(0).problem()).contains("Contacts.Read, Mail.Send");
    }

    @Test
    void offlineAccessIsToldOnceEvenIfTheMapperRequiresIt() {
        oidc.getConfig().put("defaultScope", "Mail.Read");
        ScopeCheck.run(mapped(oidc, Map.of("requiredScopes", "Offline_Access Mail.Read")), findings);
        assertThat(codes(findings)).containsExactly("offline_access_missing");
    }
}
