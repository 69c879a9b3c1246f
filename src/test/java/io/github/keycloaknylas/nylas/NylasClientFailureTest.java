package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.WireStub.reply;
import static io.github.keycloaknylas.nylas.WireStub.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks and servers that misbehave: always an answer, always in time, never much memory. */
@Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NylasClientFailureTest extends NylasClientTestBase {

    private static final Duration SHORT = Duration.ofMillis(300);
    private final List<NylasClient> impatient = new ArrayList<>();

    @AfterEach
    void close() {
        impatient.forEach(NylasClient::close);
    }

    private NylasClient impatient() {
        NylasClient one = new NylasClient(http, SHORT);
        impatient.add(one);
        return one;
    }

    @Test
    void aDrippingBodyEndsAtTheDeadline() {
        stub.answerWith(socket -> {
            write(socket, "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!stub.closedWithin(20)) {
                write(socket, "1\r\n \r\n");
            }
        });
        temporary(impatient().connect(stub.connection(), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);
    }

    @Test
    void drippingHeadersEndAtTheDeadline() {
        stub.answerWith(socket -> {
            write(socket, "HTTP/1.1 201 Created\r\n");
            while (!stub.closedWithin(20)) {
                write(socket, "X-Drip: 1\r\n");
            }
        });
        temporary(impatient().connect(stub.connection(), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);
    }

    @Test
    void silenceEndsAtTheDeadline() {
        stub.answerWith(socket -> stub.closedWithin(60_000));
        temporary(impatient().connect(stub.connection(), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);
    }

    @Test
    void aTlsHandshakeWithoutAReplyEndsAtTheDeadline() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + mute.getLocalPort());
            temporary(impatient().connect(new ApiKey(url, "key"), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);
        }
    }

    /** A listener whose queue is full lets further connections hang. */
    @Test
    void aConnectionThatIsNeverMadeEndsAtTheDeadline() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean hangs = false;
            while (!hangs) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException noRoom) {
                    hangs = true;
                }
            }
            URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
            temporary(impatient().connect(new ApiKey(url, "key"), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void waitingForAConnectionOfThePoolCounts() throws Exception {
        pool.setMaxTotal(1);
        pool.setDefaultMaxPerRoute(1);
        stub.answerWith(socket -> stub.closedWithin(60_000));
        Thread hog = new Thread(this::connect);
        hog.start();
        await().until(() -> stub.requests.size() == 1);

        temporary(impatient().connect(stub.connection(), GRANT_REQUEST, PROVIDER), FailureCause.TIMED_OUT);

        stub.close();
        hog.join();
    }

    static List<WireStub.Script> brokenOff() {
        return List.of(
                socket -> socket.close(),
                socket -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                },
                socket -> {
                    write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n" + GRANT);
                    socket.close();
                },
                socket -> {
                    write(socket, "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n37\r\n" + GRANT);
                    socket.close();
                },
                socket -> {
                    write(socket, "SMTP ready\r\n\r\n");
                    socket.close();
                },
                reply(201, "not gzip", "Content-Encoding: gzip"));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void anAnswerThatBreaksOffIsTemporary(WireStub.Script script) {
        temporary(connect(script), FailureCause.BROKEN_OFF);
    }

    @Test
    void aBodyCutOffWithoutALengthIsTemporary() {
        temporary(
                connect(socket -> {
                    write(socket, "HTTP/1.1 201 Created\r\n\r\n" + GRANT.substring(0, GRANT.length() - 1));
                    socket.close();
                }),
                FailureCause.NOT_NYLAS);
    }

    @Test
    void aRefusedConnectionIsTemporary() throws IOException {
        // Not the stub's own port: a server that is closed while it accepts may take one connection more.
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        ApiKey gone = new ApiKey(URI.create("http://127.0.0.1:" + port), "key");
        temporary(client.connect(gone, GRANT_REQUEST, PROVIDER), FailureCause.NOT_REACHED);
    }

    @Test
    void anUnknownHostIsTemporary() {
        ApiKey nowhere = new ApiKey(URI.create("https://nylas.invalid"), "key");
        temporary(client.connect(nowhere, GRANT_REQUEST, PROVIDER), FailureCause.HOST_UNKNOWN);
    }

    @Test
    void failingTlsIsTemporary() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException over) {
                    // The client went away.
                }
            });
            greeter.setDaemon(true);
            greeter.start();
            URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort());
            temporary(client.connect(new ApiKey(url, "key"), GRANT_REQUEST, PROVIDER), FailureCause.TLS_FAILED);
        }
    }

    @Test
    void anEndlessBodyIsLeftUnread() throws InterruptedException {
        byte[] chunk = ("2000\r\n" + " ".repeat(0x2000) + "\r\n").getBytes();

        Failure failure = temporary(
                connect(socket -> {
                    write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (!stub.closedWithin(0)) {
                        socket.getOutputStream().write(chunk);
                    }
                }),
                FailureCause.NOT_NYLAS);

        assertThat(failure.httpStatus()).isEqualTo(200);
        assertThat(stub.scriptEnded.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theLimitIs256KiB() {
        String full = GRANT + " ".repeat(256 * 1024 - GRANT.length());

        assertThat(done(connect(reply(201, full))).value().id()).isEqualTo("g-1");
        temporary(connect(reply(201, full + " ")), FailureCause.NOT_NYLAS);
    }

    @Test
    void deepJsonIsTemporary() {
        temporary(connect(reply(201, "{\"data\":" + "[".repeat(100_000))), FailureCause.NOT_NYLAS);
    }

    @Test
    void aPoolThatShutDownIsTemporary() {
        pool.shutdown();
        temporary(connect(), FailureCause.BROKEN_OFF);
    }

    @Test
    void closingEndsTheWatchdogAndLeavesTheHttpClientAlone() {
        connect();
        assertThat(watchdogs()).isNotEmpty().allMatch(Thread::isDaemon);

        client.close();

        await().until(() -> watchdogs().isEmpty());
        temporary(connect(), FailureCause.BROKEN_OFF);
        try (NylasClient next = new NylasClient(http, Duration.ofSeconds(20))) {
            done(next.connect(stub.connection(), GRANT_REQUEST, PROVIDER));
        }
    }

    @Test
    void aCallUnderWayKeepsItsDeadlineWhenTheClientIsClosed() throws Exception {
        stub.answerWith(socket -> {
            write(socket, "HTTP/1.1 201 Created\r\n");
            while (!stub.closedWithin(20)) {
                write(socket, "X-Drip: 1\r\n");
            }
        });
        NylasClient closing = new NylasClient(http, Duration.ofMillis(700));
        List<CallResult<NylasGrant>> answers = new ArrayList<>();
        Thread call = new Thread(() -> answers.add(closing.connect(stub.connection(), GRANT_REQUEST, PROVIDER)));
        call.start();
        await().until(() -> stub.requests.size() == 1);

        closing.close();

        call.join();
        temporary(answers.get(0), FailureCause.TIMED_OUT);
    }

    private static List<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(Watchdog.THREAD))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 3_600_001})
    void aDeadlineHasBounds(long millis) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NylasClient(http, Duration.ofMillis(millis)));
    }
}
