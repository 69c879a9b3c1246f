package io.github.keycloaknylas.kit.microsoft;

import static io.github.keycloaknylas.kit.microsoft.MicrosoftClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import io.github.keycloaknylas.testkit.microsoft.IdTokens;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningInTest {

    private final FakeMicrosoft microsoft = FakeMicrosoft.start();
    private final MicrosoftClient client = MicrosoftClient.plain(microsoft);

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void the_page_shows_the_app_its_scopes_and_everybody_who_could_sign_in() {
        Document page = page(client.authorize());

        assertThat(page.select("#app").text()).isEqualTo(App.DEFAULT.name());
        assertThat(page.select("#scopes code").eachText()).containsExactly(MicrosoftClient.ALL_SCOPES.split(" "));
        assertThat(page.select("#accounts small").eachText())
                .containsExactlyElementsOf(DefaultAccounts.ALL.stream()
                        .map(Account::userPrincipalName)
                        .toList());
        assertThat(page.select("form#sign-in #accept[name=decision][value=accept]"))
                .hasSize(1);
        assertThat(page.select("form#sign-in #refuse[name=decision][value=refuse]"))
                .hasSize(1);
        assertThat(page.select("input[checked]")).isEmpty();
    }

    @Test
    void the_page_posts_to_its_own_address() {
        URI authorize = client.authorize();

        assertThat(page(authorize).select("#sign-in").attr("action"))
                .isEqualTo(authorize.getRawPath() + "?" + authorize.getRawQuery());
    }

    @Test
    void the_page_escapes_what_others_named() {
        microsoft.register(App.of("evil", "x", "<script>alert(1)</script>"));

        Document page = page(client.authorize("client_id", "evil", "scope", "<img>\"$1"));

        assertThat(page.select("script, img")).isEmpty();
        assertThat(page.select("#scopes code").text()).isEqualTo("<img>\"$1");
    }

    @Test
    void a_login_hint_picks_the_person_by_mail_or_principal_name() {
        Document byMail = page(client.authorize("login_hint", "Grace.Hopper@contoso.example"));
        Document byName = page(client.authorize("login_hint", "ghopper@corp.contoso.example"));

        assertThat(byMail.select("input[checked]").attr("value")).isEqualTo(DefaultAccounts.GRACE.id());
        assertThat(byName.select("input[checked]").attr("value")).isEqualTo(DefaultAccounts.GRACE.id());
    }

    @ParameterizedTest
    @CsvSource({"consumers,1", "organizations,3", Account.CONTOSO + ",3", Account.CONSUMERS + ",1", "common,4"})
    void a_tenant_offers_only_its_own_accounts(String tenant, int accounts) {
        URI authorize = URI.create(client.authorize().toString().replace("/common/", "/" + tenant + "/"));

        assertThat(page(authorize).select("input[type=radio]")).hasSize(accounts);
    }

    @Test
    void an_account_from_outside_the_tenant_is_turned_away() {
        URI consumers = URI.create(client.authorize().toString().replace("/common/", "/consumers/"));

        assertThat(client.decide(consumers, "accept", DefaultAccounts.ADA).get("error_description"))
                .startsWith("AADSTS50020");
    }

    @Test
    void accepting_sends_back_a_code_and_the_state() {
        Map<String, String> back = client.decide(client.authorize(), "accept", DefaultAccounts.ADA);

        assertThat(back.get("state")).isEqualTo("s-1");
        assertThat(client.redeem(back.get("code")).statusCode()).isEqualTo(200);
    }

    @Test
    void refusing_sends_back_access_denied_and_the_state() {
        Map<String, String> back = client.decide(client.authorize(), "refuse", DefaultAccounts.ADA);

        assertThat(back.get("error")).isEqualTo("access_denied");
        assertThat(back.get("error_description")).startsWith("AADSTS65004");
        assertThat(back.get("state")).isEqualTo("s-1");
    }

    @Test
    void an_account_can_be_told_to_refuse() {
        microsoft.behaviourOf(DefaultAccounts.ADA).refuseConsent(true);

        assertThat(client.decide(client.authorize(), "accept", DefaultAccounts.ADA)
                        .get("error"))
                .isEqualTo("access_denied");
    }

    @Test
    void a_redirect_address_keeps_its_own_query() {
        URI back = microsoft.signIn(
                client.authorize("redirect_uri", MicrosoftClient.CALLBACK + "?tab=1"), DefaultAccounts.ADA);

        assertThat(back.toString()).startsWith(MicrosoftClient.CALLBACK + "?tab=1&code=");
    }

    @Test
    void an_unknown_app_or_address_is_told_on_the_page_and_nobody_is_sent_there() {
        microsoft.register(new App("strict", "x", "Strict", Set.of("https://strict.example/back")));

        var unknownApp = client.get(client.authorize("client_id", "nobody"));
        var unknownAddress = client.get(client.authorize("client_id", "strict"));

        assertThat(unknownApp.statusCode()).isEqualTo(400);
        assertThat(Jsoup.parse(unknownApp.body()).select("#error").text()).startsWith("AADSTS700016");
        assertThat(unknownAddress.statusCode()).isEqualTo(400);
        assertThat(Jsoup.parse(unknownAddress.body()).select("#error").text()).startsWith("AADSTS50011");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> microsoft.signIn(client.authorize("client_id", "nobody"), DefaultAccounts.ADA));
    }

    @ParameterizedTest
    @CsvSource({
        "prompt,none,login_required",
        "response_type,token,unsupported_response_type",
        "scope,'',invalid_request",
        "code_challenge,abc,invalid_request"
    })
    void what_cannot_be_asked_is_refused_to_the_app(String parameter, String value, String error) {
        var answer = client.get(client.authorize(parameter, value));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith(MicrosoftClient.CALLBACK + "?error=" + error);
    }

    @Test
    void the_id_token_says_who_signed_in_and_its_signature_is_good() throws Exception {
        SignedJWT token = SignedJWT.parse(client.signIn(DefaultAccounts.GRACE, MicrosoftClient.ALL_SCOPES)
                .get("id_token")
                .asText());
        JWKSet keys = JWKSet.parse(client.get(microsoft.urls().jwksUrl()).body());
        JWTClaimsSet claims = token.getJWTClaimsSet();

        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(claims.getIssuer())
                .isEqualTo(microsoft.urls().forTenant(Account.CONTOSO).issuer());
        assertThat(claims.getAudience()).containsExactly(App.DEFAULT.clientId());
        assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());
        assertThat(claims.getClaims())
                .containsEntry("oid", DefaultAccounts.GRACE.id())
                .containsEntry("tid", Account.CONTOSO)
                .containsEntry("email", "grace.hopper@contoso.example")
                .containsEntry("preferred_username", "ghopper@corp.contoso.example")
                .containsEntry("name", "Grace Hopper")
                .containsEntry("nonce", "n-1");
    }

    @Test
    void the_id_token_tells_no_more_than_its_scopes() throws Exception {
        JsonNode bare = client.signIn(DefaultAccounts.ADA, "openid");

        assertThat(SignedJWT.parse(bare.get("id_token").asText())
                        .getJWTClaimsSet()
                        .getClaims())
                .containsKeys("sub", "tid")
                .doesNotContainKeys("oid", "name", "preferred_username", "email");
        assertThat(client.signIn(DefaultAccounts.ADA, "User.Read").has("id_token"))
                .isFalse();
    }

    @Test
    void the_subject_differs_from_app_to_app_and_from_the_object_id() {
        String here = IdTokens.subject(DefaultAccounts.ADA, App.DEFAULT);

        assertThat(here)
                .isNotEqualTo(IdTokens.subject(DefaultAccounts.ADA, App.of("other", "x", "Other")))
                .isNotEqualTo(DefaultAccounts.ADA.id());
    }

    @Test
    void discovery_leads_to_the_endpoints_of_its_tenant() {
        EntraUrls contoso = microsoft.urls().forTenant(Account.CONTOSO);

        JsonNode document = json(client.get(contoso.discoveryUrl()));

        assertThat(document.get("issuer").asText()).isEqualTo(contoso.issuer());
        assertThat(document.get("authorization_endpoint").asText())
                .isEqualTo(contoso.authorizeUrl().toString());
        assertThat(document.get("token_endpoint").asText())
                .isEqualTo(contoso.tokenUrl().toString());
        assertThat(document.get("jwks_uri").asText())
                .isEqualTo(contoso.jwksUrl().toString());
        assertThat(json(client.get(microsoft.urls().discoveryUrl()))
                        .get("issuer")
                        .asText())
                .endsWith("/{tenantid}/v2.0");
    }

    private Document page(URI authorize) {
        return Jsoup.parse(client.get(authorize).body());
    }
}
