package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * What is alive in a server's heap: the JVM counts it right after a full collection, before the server continues. The
 * least of some counts, since requests in progress are alive as well.
 */
public final class Heap {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    private Heap() {}

    public static long usedMegabytes(DistributionServer server) {
        long bytes = LongStream.generate(() -> liveBytes(server)).limit(3).min().orElseThrow();
        if (bytes == 0) {
            throw new AssertionError("jcmd tells nothing of the server's heap");
        }
        return Math.round(bytes / 1_000_000.0);
    }

    private static long liveBytes(DistributionServer server) {
        return server.processIds().stream()
                .map(Heap::histogram)
                .mapToLong(Heap::total)
                .sum();
    }

    // The launcher may be a shell: jcmd says so and counts nothing.
    private static long total(String histogram) {
        return TOTAL.matcher(histogram)
                .results()
                .map(found -> found.group(1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static String histogram(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process command = new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
