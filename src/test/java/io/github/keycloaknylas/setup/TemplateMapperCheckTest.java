package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;

/** Which other mappers of a provider are reported. */
class TemplateMapperCheckTest {

    private static List<FindingCode> notes(String type, String target) {
        IdentityProviderMapperModel mapper = Samples.mapper("entra", "m", Map.of("target", target));
        mapper.setName("other");
        mapper.setIdentityProviderMapper(type);
        IdentityProviderStorageProvider storage = mock(IdentityProviderStorageProvider.class);
        when(storage.getMappersByAliasStream(anyString())).thenReturn(Stream.of(mapper));
        KeycloakSession session = mock(KeycloakSession.class);
        when(session.identityProviders()).thenReturn(storage);
        Findings findings = new Findings();
        new TemplateMapperCheck(session).run(Samples.mapped(Samples.oidc()), findings);
        assertThat(findings.problems()).isEmpty();
        return Samples.notes(findings);
    }

    @Test
    void aTemplateForTheBrokersIdIsANote() {
        assertThat(notes("oidc-username-idp-mapper", "BROKER_ID")).containsExactly(FindingCode.TEMPLATE_MAPPER);
    }

    @Test
    void aTemplateForTheUsernameIsNone() {
        assertThat(notes("oidc-username-idp-mapper", "LOCAL")).isEmpty();
        assertThat(notes("oidc-username-idp-mapper", "BROKER_USERNAME")).isEmpty();
    }

    @Test
    void anotherTypeOfMapperIsNone() {
        assertThat(notes("oidc-user-attribute-idp-mapper", "BROKER_ID")).isEmpty();
    }
}
