package io.github.keycloaknylas.nylas;

import org.apache.http.HttpRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpCoreContext;

/**
 * The context of one request, which fails a second attempt to send it. Keycloak's HTTP client repeats idempotent
 * requests up to three times after an I/O error, and with {@code max-retries} every request (Apache HttpClient:
 * {@code DefaultHttpRequestRetryHandler}); neither can be switched off for a single request.
 */
final class SingleAttempt extends HttpClientContext {

    private boolean sent;

    /**
     * Called by {@code HttpRequestExecutor} with {@code false} before the first byte, with {@code true} after the last.
     */
    @Override
    public void setAttribute(String name, Object value) {
        if (HttpCoreContext.HTTP_REQ_SENT.equals(name) && Boolean.FALSE.equals(value) && !opensTunnel()) {
            if (sent) {
                throw new IllegalStateException("The request has been sent before");
            }
            sent = true;
        }
        super.setAttribute(name, value);
    }

    /** The request for a tunnel, which goes to a proxy before each new connection, shares the context. */
    private boolean opensTunnel() {
        HttpRequest request = getRequest();
        return request != null && request.getRequestLine().getMethod().equals("CONNECT");
    }
}
