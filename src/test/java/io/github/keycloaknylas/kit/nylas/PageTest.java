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
    void looking_at_the_page_is_not_a_request_of_the_api() throws Exception {
        page("/");

        assertThat(fixture.nylas.requests().all()).isEmpty();
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(fixture.client.get(path).text());
    }
}
