package io.github.keycloaknylas.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {

    private final Queue<Request> received = new ConcurrentLinkedQueue<>();
    private WebServer server;

    @BeforeEach
    void bind() throws Exception {
        server = WebServer.plain("sample", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theHandlerSeesTheWholeRequest() throws Exception {
        server.start(request -> {
            received.add(request);
            return Response.empty(204);
        });

        assertThat(post("/a%2Fb/c+d?x=1", "y=2").statusCode()).isEqualTo(204);
        Request request = received.remove();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a%2Fb/c+d");
        assertThat(request.segments()).containsExactly("a/b", "c+d");
        assertThat(request.query().find("x")).contains("1");
        assertThat(request.form().find("y")).contains("2");
        assertThat(request.authorization("Bearer")).contains("key");
        assertThat(request.authorization("Basic")).isEmpty();
    }

    @Test
    void noResponseIsKeptByACache() throws Exception {
        server.start(request -> Response.html(200, "<p>Ü</p>").with("X-More", "1"));

        HttpResponse<String> response = post("/", "");

        assertThat(response.body()).isEqualTo("<p>Ü</p>");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-More")).contains("1");
    }

    @Test
    void aFailureOfTheHandlerIsA500ThatSaysWhat() throws Exception {
        server.start(request -> {
            throw new IllegalStateException("no good");
        });

        HttpResponse<String> response = post("/", "");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("sample failed").contains("no good");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        URI address = URI.create("http://localhost:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer key")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
