package io.github.keycloaknylas.it.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.keycloaknylas.testkit.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A Nylas whose clock is an hour late, as far as the set-up call asks it. On a bare socket, since Java's HTTP server
 * always sends its own time.
 */
public final class LateNylas {

    private static final Duration LATE = Duration.ofHours(1);

    private final ServerSocket server;

    private LateNylas(ServerSocket server) {
        this.server = server;
    }

    public static LateNylas start() {
        try {
            LateNylas late = new LateNylas(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(late::serve, "late-nylas");
            thread.setDaemon(true);
            thread.start();
            return late;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // The client went away; the next one is served.
            }
        }
    }

    private static void answer(Socket socket) throws IOException {
        BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String line = request.readLine();
        for (String header = line; header != null && !header.isEmpty(); header = request.readLine()) {
            // Only the first line matters.
        }
        byte[] body =
                Json.write(Map.of("request_id", "late", "data", data(line))).getBytes(UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).minus(LATE))
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
    }

    private static Map<String, Object> data(String requestLine) {
        return requestLine != null && requestLine.contains("/v3/connectors/")
                ? Map.of(
                        "provider",
                        "microsoft",
                        "settings",
                        Map.of("client_id", TestConnection.CLIENT.clientId(), "tenant", "common"),
                        "scope",
                        "User.Read Mail.Read Calendars.Read")
                : Map.of("application_id", "late", "region", "us", "environment", "production");
    }
}
