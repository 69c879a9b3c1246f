package io.github.keycloaknylas.nylas;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * Calls the Nylas API and always returns a result: nothing that the network or Nylas does makes a call throw. Calls
 * block, are never retried (not by Keycloak's HTTP client either) and may be made from many threads at once.
 */
public final class NylasClient implements AutoCloseable {

    private final Transport transport;
    private final Exchange exchange;

    /**
     * @param http Keycloak's shared client, with its proxy and truststore; never closed here
     * @param deadline the longest a call may take from waiting for a connection to the last byte, 1 ms to 1 hour. Two
     *     things cannot be cut short: the operating system resolving a host name, and the pause before the retry that
     *     the server's own {@code max-retries} schedules and that is then refused here
     * @throws IllegalArgumentException if the deadline is out of bounds
     */
    public NylasClient(CloseableHttpClient http, Duration deadline) {
        this(http, deadline, CallObserver.NONE);
    }

    /**
     * Does the same as {@link #NylasClient(CloseableHttpClient, Duration)}.
     *
     * @param observer sees each request
     */
    public NylasClient(CloseableHttpClient http, Duration deadline, CallObserver observer) {
        this(http, deadline, observer, date -> {});
    }

    /**
     * Creates a client whose caller compares clocks.
     *
     * @param http as above
     * @param deadline as above
     * @param observer sees each request
     * @param dates receives the time of each response, as its {@code Date} header gives it (RFC 9110, section 6.6.1)
     * @throws IllegalArgumentException if the deadline is out of bounds
     */
    public NylasClient(CloseableHttpClient http, Duration deadline, CallObserver observer, Consumer<Instant> dates) {
        this.transport = new Transport(http, deadline, dates);
        this.exchange = new Exchange(transport, observer);
    }

    /** The calls about webhooks. They end with this client. */
    public WebhookClient webhooks() {
        return new WebhookClient(exchange);
    }

    /**
     * Hands a refresh token over: {@code POST /v3/connect/custom} (Nylas: "Bring Your Own Authentication"). Safe to
     * repeat: one mailbox has one grant per application, and Nylas returns the same one again. If a 401 reports that
     * the token was refused, the key is tried on {@code GET /v3/applications} before the refusal counts, within the
     * same deadline.
     *
     * @param key application to call
     * @param request what to hand over
     * @param provider that issued the token
     * @return the grant of the mailbox the token belongs to, valid and of this provider's
     */
    public CallResult<NylasGrant> connect(ApiKey key, GrantRequest request, NylasProvider provider) {
        long start = System.nanoTime();
        CallResult<NylasGrant> answer = ask(
                ApiOperation.CONNECT,
                provider,
                Requests.connect(key, request, provider),
                SentSecrets.with(key.value(), request.refreshToken()),
                response -> ResponseReader.connectedGrant(provider, response));
        return answer instanceof CallResult.Failed<NylasGrant> failed && KeyCheck.isNeeded(failed.failure())
                ? new CallResult.Failed<>(KeyCheck.verdict(failed.failure(), tryKey(key, start)))
                : answer;
    }

    private CallResult<Boolean> tryKey(ApiKey key, long start) {
        return ask(
                ApiOperation.READ_APPLICATION,
                UnknownProvider.INSTANCE,
                Requests.application(key),
                SentSecrets.with(key.value()),
                KeyCheck::accepted,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Deletes a grant for good: {@code DELETE /v3/grants/{id}} (Nylas: "Grant lifecycle"). The next handover for that
     * mailbox gets a new ID.
     *
     * @param key application to call
     * @param grantId an ID as {@link NylasGrant#id()} gives it
     * @param provider that the mailbox is at
     * @return whether it was deleted now or gone already
     * @throws IllegalArgumentException if this is no grant ID
     */
    public CallResult<DeletionOutcome> deleteGrant(ApiKey key, String grantId, NylasProvider provider) {
        return ask(
                ApiOperation.DELETE_GRANT,
                provider,
                Requests.deleteGrant(key, checkedId(grantId)),
                SentSecrets.with(key.value()),
                ResponseReader::deletion);
    }

    /**
     * Reads a grant: {@code GET /v3/grants/{id}} (Nylas API reference: "Grants").
     *
     * @param key application to call
     * @param grantId an ID as {@link NylasGrant#id()} gives it
     * @return the grant, valid or not, or nothing if Nylas reports that this application has no such grant
     * @throws IllegalArgumentException if this is no grant ID
     */
    public CallResult<Optional<NylasGrant>> grant(ApiKey key, String grantId) {
        return ask(
                ApiOperation.READ_GRANT,
                UnknownProvider.INSTANCE,
                Requests.grant(key, checkedId(grantId)),
                SentSecrets.with(key.value()),
                response -> ResponseReader.grantOrNone(grantId, response));
    }

    /**
     * Reads a page of the application's grants, the oldest first: {@code GET /v3/grants} (Nylas API reference:
     * "Grants"). Pages are cut by position, so a grant that is deleted meanwhile moves a later one to a page that has
     * been read already.
     *
     * @param key application to call
     * @param offset number of grants before the page
     * @param limit longest page, 1 to 200
     * @return the grants of the page; none behind the last one
     */
    public CallResult<List<NylasGrant>> grants(ApiKey key, int offset, int limit) {
        return ask(
                ApiOperation.LIST_GRANTS,
                UnknownProvider.INSTANCE,
                Requests.grants(key, offset, limit),
                SentSecrets.with(key.value()),
                ResponseReader::grants);
    }

    /**
     * Reads the connector of a provider: {@code GET /v3/connectors/{provider}} (Nylas API reference: "Connectors").
     *
     * @param key application to call
     * @param provider whose connector
     * @return the connector; if there is none, a failure with {@link FailureReach#CREDENTIAL}
     */
    public CallResult<NylasConnector> connector(ApiKey key, NylasProvider provider) {
        return ask(
                ApiOperation.READ_CONNECTOR,
                provider,
                Requests.connector(key, provider),
                SentSecrets.with(key.value()),
                ResponseReader::connector);
    }

    /**
     * Reads the application the key belongs to: {@code GET /v3/applications} (Nylas API reference: "Applications").
     *
     * @param key application to call
     * @return the application
     */
    public CallResult<NylasApplication> application(ApiKey key) {
        return ask(
                ApiOperation.READ_APPLICATION,
                UnknownProvider.INSTANCE,
                Requests.application(key),
                SentSecrets.with(key.value()),
                ResponseReader::application);
    }

    private static String checkedId(String grantId) {
        if (!ResponseReader.isGrantId(grantId)) {
            throw new IllegalArgumentException("Not a Nylas grant id");
        }
        return grantId;
    }

    private <T> CallResult<T> ask(
            ApiOperation operation,
            NylasProvider provider,
            HttpRequestBase request,
            SentSecrets sent,
            Function<NylasResponse, Optional<T>> reader) {
        return ask(operation, provider, request, sent, reader, Duration.ZERO);
    }

    private <T> CallResult<T> ask(
            ApiOperation operation,
            NylasProvider provider,
            HttpRequestBase request,
            SentSecrets sent,
            Function<NylasResponse, Optional<T>> reader,
            Duration spent) {
        return exchange.ask(operation, provider, request, sent, reader, spent);
    }

    /** Ends the thread that watches deadlines; calls in progress keep theirs, later ones fail as temporary. */
    @Override
    public void close() {
        transport.close();
    }
}
