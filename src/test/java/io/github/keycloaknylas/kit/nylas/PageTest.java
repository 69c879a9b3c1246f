package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageTest {

    private final NylasFixture fixture = new NylasFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_page_shows_grants_and_requests() throws Exception {
        Reply made = fixture.client.connect("ada-token");
        fixture.client.connect("ada-token");

        Document page = page("/");

        assertThat(page.title()).isEqualTo("Fake Nylas");
        assertThat(page.select("table").get(0).select("caption").text()).contains("shop");
        assertThat(page.select("table").get(0).select("tbody td").eachText())
                .containsExactly(
                        made.textAt("/data/id"),
                        "Ada@contoso.example",
                        "valid",
                        "Expire Re-authenticate Delete",
                        "Mail.Read",
                        "2026-01-02 03:04:05Z",
                        "2026-01-02 03:04:05Z",
                        "2");
        assertThat(page.select("table").get(1).select("tbody tr")).hasSize(2);
        assertThat(page.select("table").get(1).text())
                .contains("POST /v3/connect/custom 201 " + made.textAt("/request_id"));
    }

    @Test
    void the_page_shows_neither_key_nor_token_nor_secret() throws Exception {
        fixture.client.connect("ada-token");

        assertThat(page("/").outerHtml())
                .doesNotContain("shop-key")
                .doesNotContain("ada-token")
                .doesNotContain("keycloak-secret");
    }

    @Test
    void what_comes_from_outside_is_text_and_not_markup() throws Exception {
        fixture.tokens.know("odd-token", new Mailbox("<b>odd</b>@x.example", "odd", null, List.of()));
        fixture.client.connect("odd-token");

        assertThat(page("/").select("main b")).isEmpty();
    }

    @Test
    void the_page_reloads_itself_unless_told_not_to() throws Exception {
        assertThat(page("/").select("meta[http-equiv=refresh]")).hasSize(1);
        assertThat(page("/?refresh=off").select("meta[http-equiv=refresh]")).isEmpty();
    }

    @Test
    void the_buttons_expire_reauthenticate_and_delete_a_grant() throws Exception {
        fixture.client.connect("ada-token");

        press("Expire");
        assertThat(statuses()).containsExactly("invalid");
        press("Re-authenticate");
        assertThat(statuses()).containsExactly("valid");
        assertThat(fixture.application.grants().get(0).authentications()).isEqualTo(2);
        String delete = action("Delete");
        press("Delete");
        assertThat(fixture.application.grants()).isEmpty();

        assertThat(fixture.client.send("POST", delete, null).status()).isEqualTo(302);
        assertThat(fixture.client.send("POST", delete + "d", null).status()).isEqualTo(404);
    }

    @Test
    void a_button_returns_to_the_page_as_it_was() throws Exception {
        fixture.client.connect("ada-token");
        String expire = page("/?refresh=off").select("button").get(0).attr("formaction");

        assertThat(fixture.client.send("POST", expire, null).header("Location")).isEqualTo("/?refresh=off");
        assertThat(fixture.client.send("POST", action("Expire"), null).header("Location"))
                .isEqualTo("/");
    }

    @Test
    void a_blocked_grant_is_marked() throws Exception {
        fixture.client.connect("ada-token");

        fixture.nylas.lifecycle().block("ada@contoso.example");

        assertThat(statuses()).containsExactly("valid, blocked");
    }

    @Test
    void looking_at_the_page_is_not_a_request_of_the_api() throws Exception {
        page("/");

        assertThat(fixture.nylas.requests().all()).isEmpty();
    }

    private void press(String label) throws Exception {
        assertThat(fixture.client.send("POST", action(label), null).status()).isEqualTo(302);
    }

    private String action(String label) throws Exception {
        return page("/").select("button:containsOwn(" + label + ")").attr("formaction");
    }

    private List<String> statuses() throws Exception {
        return page("/").select("table").get(0).select("tbody td:nth-child(3)").eachText();
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(fixture.client.get(path).text());
    }
}
