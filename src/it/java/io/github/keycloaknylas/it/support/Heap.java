package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * How much of a server's heap is in use right after a full collection: the least of some, as the server
 * continues to work.
 */
public final class Heap {

    private Heap() {}

    public static long usedMegabytes(DistributionServer server) {
        return LongStream.generate(() -> collectAndRead(server)).limit(5).min().orElseThrow();
    }

    private static long collectAndRead(DistributionServer server) {
        server.processIds().forEach(Heap::collect);
        String metrics = new RawHttpClient(server).plain(server.managementUrl() + "/metrics");
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
