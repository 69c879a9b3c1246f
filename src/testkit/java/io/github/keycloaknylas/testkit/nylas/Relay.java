package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.server.FreePort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * A relay in front of the JDK's HTTP server, which by itself can neither reset a connection nor stop listening and
 * begin again.
 */
final class Relay implements AutoCloseable {

    private final InetAddress address;
    private final InetSocketAddress inside;
    private final Executor threads;
    private final Map<Integer, Socket> clients = new ConcurrentHashMap<>();
    private volatile ServerSocket door;
    private volatile CompletableFuture<Void> accepting;

    Relay(InetAddress address, int port, InetSocketAddress inside, Executor threads) throws IOException {
        this.address = address;
        this.inside = inside;
        this.threads = threads;
        open(port == 0 ? FreePort.find() : port);
    }

    int port() {
        return door.getLocalPort();
    }

    void open(int port) throws IOException {
        ServerSocket opened = new ServerSocket(port, 128, address);
        door = opened;
        accepting = CompletableFuture.runAsync(() -> accept(opened), threads);
    }

    /** Aborts the connection that the HTTP server receives from this port, with a TCP reset. */
    void reset(int insidePort) throws IOException {
        Socket client = clients.get(insidePort);
        if (client != null) {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    /** Refuses new connections and ends the present ones. */
    @Override
    public void close() {
        closeQuietly(door);
        // A thread inside accept() keeps the port listening a moment longer than close() takes.
        accepting.exceptionally(failure -> null).join();
        clients.values().forEach(Relay::closeQuietly);
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket client = opened.accept();
                if (opened.isClosed()) {
                    closeQuietly(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // The relay was closed, or one client disconnected at once: the loop's condition distinguishes the two.
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(inside.getAddress(), inside.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        clients.put(server.getLocalPort(), client);
        threads.execute(() -> pump(client, server));
        threads.execute(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has closed the connection, so the other is closed as well.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            clients.values().removeAll(List.of(from, to));
        }
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is of no use any more in either case.
        }
    }
}
