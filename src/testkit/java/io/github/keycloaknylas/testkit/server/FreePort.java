package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * A port for a server that binds it later. Systems assign the ports from 32768 on to outgoing connections; a port below
 * that stays free until it is requested by number.
 */
public final class FreePort {

    private static final int LOWEST = 10_000;
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int ATTEMPTS = 1000;

    private FreePort() {}

    /**
     * {@return a port of the loopback interface that is not in use}
     *
     * @throws ServerFailure if none was found
     */
    public static int find() {
        return find(() -> ThreadLocalRandom.current().nextInt(LOWEST, FIRST_EPHEMERAL));
    }

    /**
     * Takes the first that is not in use.
     *
     * @param candidates gives the ports to try
     * @return the port
     * @throws ServerFailure if all of the first thousand candidates are in use
     */
    public static int find(IntSupplier candidates) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = candidates.getAsInt();
            if (isFree(port)) {
                return port;
            }
        }
        throw new ServerFailure("No free port could be found on the loopback interface between " + LOWEST + " and "
                + (FIRST_EPHEMERAL - 1) + ".");
    }

    private static boolean isFree(int port) {
        try {
            bind(port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Listens on the loopback interface, also right after another server has left the port. */
    static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
