package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The demo's Compose file, under a name of its own, with whichever Compose the machine has. */
public final class Compose implements AutoCloseable {

    private static final List<List<String>> CLIENTS = List.of(List.of("docker", "compose"), List.of("docker-compose"));

    private final List<String> client;
    private final Map<String, String> environment;
    private final String project = "demo" + UUID.randomUUID().toString().substring(0, 8);

    private Compose(List<String> client, Map<String, String> environment) {
        this.client = client;
        this.environment = environment;
    }

    public static Compose with(Map<String, String> environment) {
        List<String> client = CLIENTS.stream()
                .filter(candidate ->
                        run(append(candidate, List.of("version")), Map.of()).ok())
                .findFirst()
                .orElseThrow(() -> new AssertionError("No Compose was found. Install Docker's compose plugin,"
                        + " or docker-compose (Debian: apt-get install docker-compose)."));
        return new Compose(client, environment);
    }

    /** Builds the images and starts everything, without waiting until it is ready. */
    public void up() {
        System.out.println("starting docker/compose.yaml with " + String.join(" ", client));
        Result result = call("up", "--build", "--detach");
        if (!result.ok()) {
            throw new AssertionError("The demo did not come up:\n" + result.output());
        }
    }

    public String log() {
        return call("logs", "--no-color").output();
    }

    @Override
    public void close() {
        Result result = call("down", "--volumes", "--rmi", "local");
        if (!result.ok()) {
            throw new AssertionError("The demo could not be taken down:\n" + result.output());
        }
    }

    private Result call(String... arguments) {
        List<String> command = append(client, List.of("--file", "docker/compose.yaml", "--project-name", project));
        return run(append(command, List.of(arguments)), environment);
    }

    private record Result(boolean ok, String output) {}

    private static Result run(List<String> command, Map<String, String> environment) {
        Path root = BuildOutput.directory(".").normalize().getParent();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor() == 0, output);
        } catch (IOException e) {
            return new Result(false, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> append(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
