package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A fake Nylas over plain HTTP on the loopback interface: Bring Your Own Authentication, grants, connectors,
 * applications and webhooks of the v3 API, each with its traps, and a page for people at {@code /}.
 */
public final class FakeNylas implements AutoCloseable {

    private final List<NylasApplication> applications = new CopyOnWriteArrayList<>();
    private final List<Consumer<GrantEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, TokenExchange> exchanges = new ConcurrentHashMap<>();
    private final RequestJournal journal = new RequestJournal();
    private final Notifications notifications;
    private final Behaviour behaviour = new Behaviour();
    private final DelayedAnswers delayed = new DelayedAnswers();
    private final FaultScript faults = new FaultScript(delayed);
    private final Clock clock;
    private final String region;
    private final WebServer server;
    private final Relay relay;
    private final int port;

    FakeNylas(FakeNylasBuilder builder) {
        clock = builder.clock;
        region = builder.region;
        notifications = new Notifications(applications, clock);
        try {
            server = WebServer.plain("fake-nylas", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            relay = new Relay(builder.address, builder.port, server.address(), server.threads());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + builder.port, e);
        }
        port = relay.port();
        exchanges.put(NylasApplication.MICROSOFT, builder.exchange);
        Api api = new Api(region, applications, exchanges, behaviour, clock, notifications.challenge());
        server.exchange("/v3/", new ApiRequestHandler(api, journal, faults, behaviour, relay, clock));
        server.start(new Page(region, applications, journal, lifecycle()));
    }

    /** {@return a builder, to start one with options} */
    public static FakeNylasBuilder builder() {
        return new FakeNylasBuilder();
    }

    /**
     * Starts one on a free port, region {@code us}.
     *
     * @param exchange what stands in for Microsoft, for instance {@link KnownTokens}
     * @return the running server
     */
    public static FakeNylas start(TokenExchange exchange) {
        return builder().exchange(exchange).start();
    }

    /** {@return {@code http://localhost:<port>}, to be used instead of {@code https://api.us.nylas.com}} */
    public URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /**
     * Creates a production application in this server's region.
     *
     * @param id the application ID
     * @return the application, still without API key and connector
     */
    public NylasApplication application(String id) {
        return application(id, region, "production");
    }

    /**
     * Creates an application. In a region other than this server's, its keys get 401 here.
     *
     * @param id the application ID
     * @param itsRegion {@code us} or {@code eu}
     * @param environment {@code production}, {@code sandbox}, …
     * @return the application, still without API key and connector
     */
    public NylasApplication application(String id, String itsRegion, String environment) {
        NylasApplication application = new NylasApplication(id, itsRegion, environment, clock, (event, webhooks) -> {
            listeners.forEach(listener -> listener.accept(event));
            notifications.happened(event, webhooks);
        });
        applications.add(application);
        return application;
    }

    /**
     * Adds a mail provider besides Microsoft; an application needs a connector for it as well.
     *
     * @param name the provider's name at Nylas, as in {@link NylasApplication#connector(String,
     *     OAuthClient, String, String...)}
     * @param exchange what stands in for the provider
     */
    public void provider(String name, TokenExchange exchange) {
        exchanges.put(name, exchange);
    }

    /** {@return the switches for its behaviour} */
    public Behaviour behaviour() {
        return behaviour;
    }

    /** {@return the faults to inject} */
    public FaultScript faults() {
        return faults;
    }

    /** {@return the received requests} */
    public RequestJournal requests() {
        return journal;
    }

    /** {@return what is sent to webhooks, and how} */
    public Notifications notifications() {
        return notifications;
    }

    /** {@return the grants of all applications} */
    public List<Grant> grants() {
        return applications.stream()
                .flatMap(application -> application.grants().stream())
                .toList();
    }

    /**
     * Lets a grant's credentials die, as after a changed password.
     *
     * @param grantId its ID, or the mailbox
     */
    public void expire(String grantId) {
        applications.forEach(application -> application.store().expire(grantId));
    }

    /**
     * Deletes a grant, as an administrator in Nylas' dashboard would.
     *
     * @param grantId its ID, or the mailbox
     */
    public void delete(String grantId) {
        applications.forEach(application -> application.store().delete(grantId));
    }

    /** {@return what can happen to the grants of all applications, expiry and deletion included} */
    public GrantLifecycle lifecycle() {
        return new GrantLifecycle(applications, clock);
    }

    /**
     * Registers a listener for changes of grants, called within the request that causes them. A listener must be quick
     * and must not call back.
     *
     * @param listener notified of each event
     */
    public void onGrantEvent(Consumer<GrantEvent> listener) {
        listeners.add(listener);
    }

    /** Refuses connections, and ends the present ones, until {@link #comeBack()}; grants and journal are kept. */
    public void goDown() {
        relay.close();
    }

    /**
     * Listens again, on the same port.
     *
     * @throws UncheckedIOException if another process has taken the port meanwhile
     */
    public void comeBack() {
        try {
            relay.open(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops at once, including notifications, and responses that are delayed, dripping or withheld. */
    @Override
    public void close() {
        notifications.close();
        delayed.open();
        relay.close();
        server.close();
    }
}
