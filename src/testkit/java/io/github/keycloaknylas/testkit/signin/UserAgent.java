package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * A browser without a window or JavaScript: it keeps cookies and follows redirects. Each instance is a browser of its
 * own; tabs are sign-ins that share one. It never visits a host under {@code .test}: there the application
 * would take over.
 */
public final class UserAgent {

    private static final int MOST_REDIRECTS = 20;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final HttpClient DIRECT = HttpClient.newHttpClient();

    private final HttpClient http;
    private final Cookies cookies = new Cookies();

    public UserAgent() {
        this(DIRECT);
    }

    /**
     * Creates a browser with a proxy or a trusted certificate of its own; the client must not follow redirects
     * by itself.
     */
    public UserAgent(HttpClient http) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must leave redirects to the user agent");
        }
        this.http = http;
    }

    /** Adds cookies that were not set by a response to this browser's own requests. */
    public void take(URI from, List<String> setCookies) {
        cookies.store(from, setCookies);
    }

    public Page open(URI uri) {
        return follow(uri, send(HttpRequest.newBuilder(uri).GET()));
    }

    public Page post(URI uri, Map<String, String> fields) {
        return follow(
                uri,
                send(HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(new Parameters(fields).encoded()))));
    }

    private Page follow(URI first, HttpResponse<String> firstResponse) {
        URI uri = first;
        HttpResponse<String> response = firstResponse;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return new Page(this, uri, response.statusCode(), Jsoup.parse(response.body(), uri.toString()));
            }
            uri = uri.resolve(location.get());
            if (isElsewhere(uri)) {
                return new Page(this, uri, response.statusCode(), new Document(uri.toString()));
            }
            response = send(HttpRequest.newBuilder(uri).GET());
        }
        throw new AssertionError("more than " + MOST_REDIRECTS + " redirects, the last one to " + uri);
    }

    /**
     * Returns whether an address belongs to an application without a server or, without a proxy, to the internet: the
     * real Microsoft is never called.
     */
    private boolean isElsewhere(URI uri) {
        return uri.getHost().endsWith(".test") || http == DIRECT && !LOOPBACK.contains(uri.getHost());
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        builder.timeout(Duration.ofSeconds(60)).header("Accept", "text/html").header("Accept-Language", "en");
        URI uri = builder.build().uri();
        String cookie = cookies.header(uri);
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = http.send(builder.build(), BodyHandlers.ofString());
            cookies.store(uri, response.headers().allValues("Set-Cookie"));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " could not be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
