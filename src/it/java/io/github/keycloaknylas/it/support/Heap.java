package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** How much of a server's heap is in use right after a full collection. */
public final class Heap {

    private Heap() {}

    public static long usedMegabytes(DistributionServer server) {
        server.processIds().forEach(Heap::collect);
        String metrics = new Look(server).plain(server.managementUrl() + "/metrics");
        double bytes = metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
        if (bytes == 0) {
            throw new AssertionError("the server's metrics tell nothing of its heap");
        }
        return Math.round(bytes / 1_000_000);
    }

    // The launcher may be a shell: jcmd says so and does nothing.
    private static void collect(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
