package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** An HTTP proxy that tunnels every CONNECT, whatever its target, to the same server. */
final class ConnectProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Executor threads;

    private ConnectProxy(InetSocketAddress target, ServerSocket door, Executor threads) {
        this.target = target;
        this.door = door;
        this.threads = threads;
    }

    static ConnectProxy to(InetSocketAddress target, Executor threads) throws IOException {
        ConnectProxy proxy =
                new ConnectProxy(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), threads);
        threads.execute(proxy::welcome);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // The proxy was closed, or the client disconnected before the tunnel was open.
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            if (!head(client.getInputStream()).startsWith("CONNECT ")) {
                say(client, "405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close");
                return;
            }
            tunnel(client);
        } catch (IOException e) {
            // One side closed the connection, which ends the tunnel.
        } finally {
            open.remove(client);
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (Socket server = new Socket(target.getAddress(), target.getPort())) {
            say(client, "200 Connection established");
            threads.execute(() -> pump(client, server));
            pump(server, client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side closed the connection, which ends the tunnel.
        }
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(ISO_8859_1));
    }

    /** Reads byte by byte, since what follows the empty line belongs to the tunnel. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
