package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.JsonWebToken;

class MicrosoftIdentityTest {

    private final BrokeredIdentityContext context = new BrokeredIdentityContext("sub", new IdentityProviderModel());

    @BeforeEach
    void keycloakHasReadAnAddress() {
        context.setEmail("ada@example.com");
    }

    private void idToken(String... claims) {
        JsonWebToken token = new JsonWebToken();
        token.subject("sub");
        for (int i = 0; i < claims.length; i += 2) {
            token.setOtherClaims(claims[i], claims[i + 1]);
        }
        context.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, token);
    }

    private void userInfo(String json) throws Exception {
        context.getContextData().put(OIDCIdentityProvider.USER_INFO, new ObjectMapper().readTree(json));
    }

    @Test
    void anIdTokenTellsObjectIdTenantAndNames() {
        idToken("oid", "oid-1", "tid", "tenant", "email", "a@x", "upn", "u@x", "preferred_username", "p@x");

        assertThat(MicrosoftIdentity.read(context))
                .isEqualTo(new ExpectedIdentity("oid-1", "tenant", "a@x", "u@x", "p@x"));
    }

    @Test
    void graphTellsItsIdAndNames() throws Exception {
        userInfo("{\"id\":\"oid-1\",\"mail\":\"a@x\",\"userPrincipalName\":\"u@x\"}");

        assertThat(MicrosoftIdentity.read(context)).isEqualTo(new ExpectedIdentity("oid-1", null, "a@x", "u@x", null));
    }

    @Test
    void theSubjectIsNoObjectId() throws Exception {
        idToken();
        userInfo("{\"sub\":\"sub\",\"id\":\"not of Graph\",\"email\":\"a@x\"}");

        assertThat(MicrosoftIdentity.read(context).id()).isNull();
    }

    @Test
    void withoutAnythingElseTheAddressThatKeycloakReadCounts() {
        assertThat(MicrosoftIdentity.read(context))
                .isEqualTo(new ExpectedIdentity(null, null, "ada@example.com", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mail\":17}", "{\"mail\":null}", "{\"mail\":\" \"}", "{\"mail\":[\"x\"]}", "[]", "7"})
    void oddTypesAreNothing(String json) throws Exception {
        userInfo(json);

        assertThat(MicrosoftIdentity.read(context).mail()).isEqualTo("ada@example.com");
    }

    @Test
    void namesLongerThanAnyRealOneAreNothing() {
        idToken("oid", "o".repeat(501), "upn", "u".repeat(500));

        assertThat(MicrosoftIdentity.read(context).id()).isNull();
        assertThat(MicrosoftIdentity.read(context).signInName()).hasSize(500);
    }
}
