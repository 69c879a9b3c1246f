package io.github.keycloaknylas.kit.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloaknylas.testkit.signin.MicrosoftPage;
import io.github.keycloaknylas.testkit.signin.Page;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserAgentTest {

    private static final String SIGN_IN = """
            <form method="post" action="/granted?state=1"><input type="hidden" name="flow" value="7">
            <input type="radio" name="account" id="account-ada" value="ada">
            <input type="radio" name="account" id="account-o'hara" value="o'hara" checked>
            <input type="submit" name="help" value="Help">
            <button id="accept" name="decision" value="accept">Accept</button>
            <button id="refuse" name="decision" value="refuse">Refuse</button></form>""";

    private final UserAgent browser = new UserAgent();
    private HttpServer site;

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/sign-in", exchange -> answer(exchange, 200, SIGN_IN));
        site.createContext("/granted", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            answer(exchange, 200, exchange.getRequestURI() + " " + body);
        });
        site.createContext("/cookie", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "in=1; Path=/cookie; Secure; HttpOnly");
            exchange.getResponseHeaders().add("Set-Cookie", "gone=1; Max-Age=0");
            exchange.getResponseHeaders().add("Location", "/cookie/inside");
            answer(exchange, 302, "");
        });
        site.createContext("/cookie/inside", UserAgentTest::echoCookies);
        site.createContext("/outside", UserAgentTest::echoCookies);
        site.createContext("/back", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://app.test/callback?code=a%20b");
            answer(exchange, 302, "");
        });
        site.start();
    }

    @AfterEach
    void close() {
        site.stop(0);
    }

    @Test
    void aPersonPicksAnAccountAndOnlyThePressedButtonIsSent() {
        assertThat(visit("/sign-in").html().text()).isEqualTo("Accept Refuse");
        assertThat(MicrosoftPage.choose("ada").apply(visit("/sign-in")).html().text())
                .isEqualTo("/granted?state=1 flow=7&account=ada&decision=accept");
        assertThat(MicrosoftPage.refuse("ada").apply(visit("/sign-in")).html().text())
                .isEqualTo("/granted?state=1 flow=7&account=ada&decision=refuse");
        assertThatThrownBy(() -> MicrosoftPage.choose("eve").apply(visit("/sign-in")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("account-eve");
    }

    @Test
    void secureCookiesTravelOverPlainHttpButOnlyUnderTheirPathAndInTheirBrowser() {
        assertThat(visit("/cookie").html().text()).isEqualTo("[in=1]");
        assertThat(visit("/outside").html().text()).isEqualTo("null");
        assertThat(new UserAgent().open(address("/cookie/inside")).html().text())
                .isEqualTo("null");
    }

    @Test
    void theApplicationIsNeverVisited() {
        Page page = visit("/back");

        assertThat(page.uri()).hasHost("app.test");
        assertThat(page.parameters()).containsEntry("code", "a b");
    }

    private Page visit(String path) {
        return browser.open(address(path));
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + site.getAddress().getPort() + path);
    }

    private static void echoCookies(HttpExchange exchange) throws IOException {
        answer(exchange, 200, String.valueOf(exchange.getRequestHeaders().get("Cookie")));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
