package io.github.keycloaknylas.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTemplateTest {

    @Test
    void aValueBetweenTwoBracesIsText() {
        HtmlTemplate template = new HtmlTemplate("<p title=\"{{value}}\">{{value}}</p>");

        assertThat(template.fill(Map.of("value", "<b>\"A\" & 'B'</b> $1")))
                .isEqualTo("<p title=\"&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; $1\">"
                        + "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; $1</p>");
    }

    @Test
    void aValueBetweenThreeBracesIsHtml() {
        assertThat(new HtmlTemplate("<p>{{{value}}}</p>").fill(Map.of("value", "<b>A</b>")))
                .isEqualTo("<p><b>A</b></p>");
    }
}
