package io.github.keycloaknylas.kit.microsoft;

import static io.github.keycloaknylas.kit.microsoft.MicrosoftClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import io.github.keycloaknylas.testkit.microsoft.IdTokens;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GraphTest {

    private final FakeMicrosoft microsoft = FakeMicrosoft.start();
    private final MicrosoftClient client = MicrosoftClient.plain(microsoft);

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void me_is_the_person_who_signed_in() {
        JsonNode me = json(client.me(accessToken(DefaultAccounts.GRACE, "User.Read")));

        assertThat(me.get("id").asText()).isEqualTo(DefaultAccounts.GRACE.id());
        assertThat(me.get("mail").asText()).isEqualTo("grace.hopper@contoso.example");
        assertThat(me.get("userPrincipalName").asText()).isEqualTo("ghopper@corp.contoso.example");
        assertThat(me.get("displayName").asText()).isEqualTo("Grace Hopper");
        assertThat(me.get("givenName").asText()).isEqualTo("Grace");
        assertThat(me.get("surname").asText()).isEqualTo("Hopper");
    }

    @Test
    void keycloak_asks_with_a_slash_at_the_end() {
        var answer = client.get(
                URI.create(microsoft.urls().graphMeUrl() + "/"),
                "Authorization",
                "Bearer " + accessToken(DefaultAccounts.ADA, "User.read"));

        assertThat(json(answer).get("id").asText()).isEqualTo(DefaultAccounts.ADA.id());
    }

    @Test
    void a_personal_account_shows_a_shorter_id_than_its_object_id() {
        JsonNode me = json(client.me(accessToken(DefaultAccounts.LINUS, "User.Read")));

        assertThat(me.get("id").asText()).hasSize(16).isEqualTo(DefaultAccounts.LINUS.graphId());
        assertThat(DefaultAccounts.LINUS.id()).startsWith("00000000-0000-0000-").hasSize(36);
    }

    @Test
    void me_follows_changes_of_the_account() {
        String token = accessToken(DefaultAccounts.ADA, "User.Read");

        microsoft.put(DefaultAccounts.ADA.withMail("countess@contoso.example"));
        assertThat(json(client.me(token)).get("mail").asText()).isEqualTo("countess@contoso.example");

        microsoft.put(DefaultAccounts.ADA.withMail(null));
        assertThat(json(client.me(token)).get("mail").isNull()).isTrue();
        assertThat(microsoft.accounts()).hasSameSizeAs(DefaultAccounts.ALL);
    }

    @Test
    void an_account_added_by_a_test_signs_in_like_the_cast() {
        Account alan = Account.work("Alan", "Turing", "alan@contoso.example");
        microsoft.put(alan);

        assertThat(json(client.me(accessToken(alan, "User.Read"))).get("mail").asText())
                .isEqualTo(alan.mail());
    }

    @Test
    void without_a_good_access_token_there_is_only_401() {
        assertThat(client.get(microsoft.urls().graphMeUrl()).statusCode()).isEqualTo(401);
        assertThat(client.me("made-up").statusCode()).isEqualTo(401);
        assertThat(json(client.me("made-up")).at("/error/code").asText()).isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void without_the_scope_there_is_only_403() {
        assertThat(client.me(accessToken(DefaultAccounts.ADA, "Mail.Read")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void user_info_has_the_subject_of_the_id_token() {
        var answer = client.get(
                microsoft.urls().userInfoUrl(),
                "Authorization",
                "Bearer " + accessToken(DefaultAccounts.ADA, "openid email"));

        assertThat(json(answer).get("sub").asText()).isEqualTo(IdTokens.subject(DefaultAccounts.ADA, App.DEFAULT));
        assertThat(json(answer).get("email").asText()).isEqualTo(DefaultAccounts.ADA.mail());
    }

    @Test
    void anything_else_is_not_there() {
        assertThat(client.get(URI.create(microsoft.urls().graph() + "/v1.0/users"))
                        .statusCode())
                .isEqualTo(404);
    }

    private String accessToken(Account account, String scope) {
        return client.signIn(account, scope).get("access_token").asText();
    }
}
