package io.github.keycloaknylas.kit.microsoft;

import static io.github.keycloaknylas.kit.microsoft.MicrosoftClient.json;
import static io.github.keycloaknylas.kit.microsoft.RedeemingTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import io.github.keycloaknylas.testkit.microsoft.IssuedRefreshToken;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefreshingTest {

    private final FakeMicrosoft microsoft = FakeMicrosoft.start();
    private final MicrosoftClient client = MicrosoftClient.plain(microsoft);

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void every_sign_in_and_every_refresh_brings_a_new_token_and_the_old_ones_stay_good() {
        String first = signInForToken(DefaultAccounts.ADA);
        String second = signInForToken(DefaultAccounts.ADA);
        String third = json(client.refresh(first)).get("refresh_token").asText();

        assertThat(List.of(first, second, third))
                .doesNotHaveDuplicates()
                .allSatisfy(
                        token -> assertThat(client.refresh(token).statusCode()).isEqualTo(200));
    }

    @Test
    void a_refresh_may_ask_for_less_but_its_new_token_is_good_for_all() {
        JsonNode narrowed = json(
                client.refresh(signInForToken(DefaultAccounts.ADA), "scope", "https://graph.microsoft.com/mail.read"));
        JsonNode whole = json(client.refresh(narrowed.get("refresh_token").asText()));

        assertThat(narrowed.get("scope").asText()).isEqualTo("https://graph.microsoft.com/mail.read");
        assertThat(whole.get("scope").asText()).isEqualTo("openid profile email User.Read Mail.Read");
    }

    @Test
    void a_refresh_may_not_ask_for_more_than_was_consented_to() {
        assertRefused(
                client.refresh(signInForToken(DefaultAccounts.ADA), "scope", "Mail.Send"), 400, "invalid_grant", 65001);
    }

    @Test
    void a_scope_consented_to_at_any_sign_in_may_be_asked_for_with_any_token() {
        String before = signInForToken(DefaultAccounts.ADA);
        client.signIn(DefaultAccounts.ADA, "Mail.Send");

        assertThat(client.refresh(before, "scope", "Mail.Send").statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_is_of_no_use_to_another_app() {
        microsoft.register(App.of("other", "x", "Other"));

        assertRefused(
                client.refresh(signInForToken(DefaultAccounts.ADA), "client_id", "other", "client_secret", "x"),
                400,
                "invalid_grant",
                70000);
        assertRefused(client.refresh("made-up"), 400, "invalid_grant", 9002313);
    }

    @Test
    void revoking_ends_all_tokens_of_the_account_so_far_and_no_others() {
        String adas = signInForToken(DefaultAccounts.ADA);
        String graces = signInForToken(DefaultAccounts.GRACE);

        microsoft.revokeRefreshTokens(DefaultAccounts.ADA);

        assertRefused(client.refresh(adas), 400, "invalid_grant", 50173);
        assertThat(client.refresh(graces).statusCode()).isEqualTo(200);
        assertThat(client.refresh(signInForToken(DefaultAccounts.ADA)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void expiring_ends_them_with_another_reason() {
        String token = signInForToken(DefaultAccounts.ADA);

        microsoft.expireRefreshTokens(DefaultAccounts.ADA);

        assertRefused(client.refresh(token), 400, "invalid_grant", 700082);
    }

    @Test
    void an_account_can_be_told_to_want_a_second_factor_first() {
        String token = signInForToken(DefaultAccounts.ADA);

        microsoft.behaviourOf(DefaultAccounts.ADA).requireInteraction(true);
        assertRefused(client.refresh(token), 400, "interaction_required", 50076);

        microsoft.behaviourOf(DefaultAccounts.ADA).requireInteraction(false);
        assertThat(client.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void an_account_can_be_told_to_get_no_refresh_token_or_a_huge_one() {
        microsoft.behaviourOf(DefaultAccounts.ADA).withholdRefreshToken(true);
        assertThat(client.signIn(DefaultAccounts.ADA, MicrosoftClient.ALL_SCOPES)
                        .has("refresh_token"))
                .isFalse();

        microsoft.behaviourOf(DefaultAccounts.ADA).withholdRefreshToken(false).refreshTokenLength(20_000);
        String huge = signInForToken(DefaultAccounts.ADA);
        assertThat(huge).hasSize(20_000);
        assertThat(client.refresh(huge).statusCode()).isEqualTo(200);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> microsoft.behaviourOf(DefaultAccounts.ADA).refreshTokenLength(8));
    }

    @Test
    void what_was_issued_can_be_looked_up() {
        String token = signInForToken(DefaultAccounts.ADA);
        String newest = microsoft.issueRefreshToken(DefaultAccounts.GRACE, App.DEFAULT, "User.Read offline_access");

        assertThat(microsoft.refreshTokens())
                .extracting(IssuedRefreshToken::value)
                .containsExactly(token, newest);
        assertThat(microsoft.lastRefreshToken(DefaultAccounts.ADA)).hasValueSatisfying(issued -> {
            assertThat(issued.accountId()).isEqualTo(DefaultAccounts.ADA.id());
            assertThat(issued.clientId()).isEqualTo(App.DEFAULT.clientId());
            assertThat(issued.scope()).isEqualTo(MicrosoftClient.ALL_SCOPES);
            assertThat(issued.issuedAt()).isNotNull();
        });
        assertThat(microsoft.lastRefreshToken(DefaultAccounts.LINUS)).isEmpty();
    }

    @Test
    void a_token_issued_behind_the_scenes_is_as_good_as_any() {
        String token = microsoft.issueRefreshToken(DefaultAccounts.SUPPORT, App.DEFAULT, "User.Read offline_access");

        JsonNode answer = json(client.refresh(token));

        assertThat(json(client.me(answer.get("access_token").asText()))
                        .get("mail")
                        .asText())
                .isEqualTo(DefaultAccounts.SUPPORT.mail());
    }

    private String signInForToken(Account account) {
        return client.signIn(account, MicrosoftClient.ALL_SCOPES)
                .get("refresh_token")
                .asText();
    }
}
