package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.StoredResponse.Problem;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.Microsoft;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;

/** What the backfill makes of a token response that Keycloak has stored with a link. */
class StoredResponseTest {

    private static final String GRAPH_ID = "0a1b2c3d-0000-4000-8000-0123456789ab";
    private static final String SCOPES = "openid offline_access Mail.Read Calendars.Read";

    private final Map<String, String> mapper = new HashMap<>();

    private StoredResponse read(String kind, String subject, String text) {
        IdentityProviderModel broker = new IdentityProviderModel();
        broker.setAlias("microsoft");
        broker.setProviderId(kind);
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();
        model.setConfig(mapper);
        return StoredResponse.read(broker, new Microsoft(), MapperSettings.of(model), subject, text);
    }

    private StoredResponse oidc(String text) {
        return read("oidc", "pairwise-subject", text);
    }

    private static String response(String scope, String idToken) {
        return "{\"access_token\":\"access\",\"refresh_token\":\"refresh-secret\",\"scope\":\"" + scope + "\""
                + (idToken == null ? "" : ",\"id_token\":\"" + idToken + "\"") + "}";
    }

    private static String idToken(String claims) {
        return encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims) + "." + encoded("signature");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String personOfEntra() {
        return idToken("{\"sub\":\"pairwise-subject\",\"oid\":\"oid-ada\",\"tid\":\"tenant\","
                + "\"email\":\"ada@example.com\",\"preferred_username\":\"ada@example.org\"}");
    }

    @Test
    void theIdTokenSaysWhoseMailboxItIsAsAtASignIn() {
        StoredResponse found = oidc(response(SCOPES, personOfEntra()));

        assertThat(found.problem()).isEmpty();
        assertThat(found.identity())
                .isEqualTo(new ExpectedIdentity("oid-ada", "tenant", "ada@example.com", null, "ada@example.org"));
    }

    @Test
    void theSubjectOfTheSocialProviderIsTheIdOfThePersonIfNoIdTokenNamesOne() {
        StoredResponse found = read("microsoft", GRAPH_ID, response(SCOPES, null));

        assertThat(found.problem()).isEmpty();
        assertThat(found.identity()).isEqualTo(new ExpectedIdentity(GRAPH_ID, null, null, null, null));
        assertThat(read("microsoft", "0123456789abcdef", response(SCOPES, null)).problem())
                .isEmpty();
    }

    @Test
    void anIdTokenOfTheSocialProviderIsPreferredToTheSubject() {
        assertThat(read("microsoft", GRAPH_ID, response(SCOPES, personOfEntra()))
                        .identity()
                        .id())
                .isEqualTo("oid-ada");
    }

    @Test
    void anAddressAloneIdentifiesNobody() {
        String addressOnly = idToken("{\"sub\":\"pairwise-subject\",\"email\":\"ada@example.com\"}");

        assertThat(oidc(response(SCOPES, addressOnly)).problem()).contains(Problem.NOT_IDENTIFIED);
        assertThat(oidc(response(SCOPES, null)).problem()).contains(Problem.NOT_IDENTIFIED);
        assertThat(oidc(response(SCOPES, "no.jwt")).problem()).contains(Problem.NOT_IDENTIFIED);
        assertThat(read("oidc", GRAPH_ID, response(SCOPES, null)).problem()).contains(Problem.NOT_IDENTIFIED);
        assertThat(read("microsoft", "ada@example.com", response(SCOPES, null)).problem())
                .contains(Problem.NOT_IDENTIFIED);
    }

    @Test
    void aTokenWithoutARequiredScopeIsNotHandedOver() {
        assertThat(oidc(response("openid User.Read", personOfEntra())).problem())
                .contains(Problem.SCOPES_MISSING);
        mapper.put("requiredScopes", "User.Read");
        assertThat(oidc(response("openid User.Read", personOfEntra())).problem())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\",\"refresh_token\":\"\"}",
                "{\"refresh_token\":null}",
                "{\"refresh_token\":17}"
            })
    void aResponseMayHaveNoRefreshTokenForInstanceAfterDiscard(String text) {
        assertThat(oidc(text).problem()).contains(Problem.NO_REFRESH_TOKEN);
    }

    @Test
    void whatDiscardStoresHasNoRefreshToken() {
        assertThat(oidc(Discard.EMPTY_RESPONSE).problem()).contains(Problem.NO_REFRESH_TOKEN);
    }

    @Test
    void aTokenLongerThanAnyIsNone() {
        assertThat(oidc("{\"refresh_token\":\"" + "x".repeat(70_000) + "\"}").problem())
                .contains(Problem.NO_REFRESH_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"text\"", "7", "eyJhbGciOiJkaXIifQ..x.y.z", "{\"cut\":", "<html>"})
    void whatIsNoJsonObjectIsUnreadable(String text) {
        assertThat(oidc(text).problem()).contains(Problem.UNREADABLE);
    }

    @Test
    void itShowsNoToken() {
        assertThat(oidc(response(SCOPES, personOfEntra()))).hasToString("StoredResponse[usable]");
        assertThat(oidc("[]")).hasToString("StoredResponse[UNREADABLE]");
    }
}
