package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.mapped;
import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

/** Whether a provider lets our mapper do its work. */
class ProviderCheckTest {

    private final Findings findings = new Findings();
    private final IdentityProviderModel social = Samples.social();

    @Test
    void aProviderThatIsAsItShouldBeHasNoProblem() {
        ProviderCheck.run(mapped(social), findings);
        ProviderCheck.run(mapped(Samples.oidc()), findings);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void twoMappersAreOneTooMany() {
        ProviderCheck.run(new MappedProvider(social, mapped(social).settings(), 2), findings);
        assertThat(problems(findings)).containsExactly(FindingCode.MAPPER_DUPLICATE);
    }

    @Test
    void theSocialProviderNeedsStoreTokens() {
        social.setStoreToken(false);
        ProviderCheck.run(mapped(social), findings);
        assertThat(problems(findings)).containsExactly(FindingCode.STORE_TOKENS_OFF);
    }

    @Test
    void storeTokensIsNotReadFromTheConfigWhereKeycloakDoesNotKeepIt() {
        social.setStoreToken(false);
        social.getConfig().put("storeToken", "true");
        assertThat(StoreTokens.areOn(social)).isFalse();
    }

    @Test
    void anOidcProviderShowsItsTokensAnyway() {
        IdentityProviderModel oidc = Samples.oidc();
        oidc.setStoreToken(false);
        ProviderCheck.run(mapped(oidc), findings);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aDisabledProviderSignsNobodyIn() {
        social.setEnabled(false);
        ProviderCheck.run(mapped(social), findings);
        assertThat(problems(findings)).containsExactly(FindingCode.PROVIDER_DISABLED);
    }

    @Test
    void whatTheMapperComplainsOfIsPassedOnWithWhatToDo() {
        ProviderCheck.run(
                mapped(social, Map.of("maximumAgeDays", "soon", "apiUrl", "https://nylas.example")), findings);
        assertThat(problems(findings)).containsExactly(FindingCode.MAPPER_SETTING, FindingCode.MAPPER_SETTING);
        assertThat(findings.problems()).allSatisfy(entry -> {
            assertThat(entry.provider()).isEqualTo("microsoft");
            assertThat(entry.problem()).endsWith(".");
            assertThat(entry.next()).isNotBlank().endsWith(".");
        });
    }
}
