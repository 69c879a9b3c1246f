package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The launcher and the JVM under it: which of the two is still there depends on whether Keycloak built itself. */
final class ServerProcess {

    private static final long PATIENCE_SECONDS = 20;
    private static final long COMMAND_PATIENCE_SECONDS = 300;

    private final Process launcher;

    private ServerProcess(Process launcher) {
        this.launcher = launcher;
    }

    static ServerProcess start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(ServerProcess::wouldChangeKeycloak);
        builder.environment().put("JAVA_HOME", BuildOutput.serverJava().toString());
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new ServerFailure("Keycloak's launcher could not be run: " + e.getMessage(), e);
        }
    }

    /** Waits for a command that ends by itself. */
    int exitCode() {
        try {
            if (launcher.waitFor(COMMAND_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return launcher.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        throw new ServerFailure("A command of Keycloak's launcher did not end in time");
    }

    List<Long> ids() {
        return all().stream().map(ProcessHandle::pid).toList();
    }

    boolean isAlive() {
        return launcher.isAlive();
    }

    void terminate() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroy);
        if (!ended(all)) {
            kill();
        }
    }

    void kill() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        if (!ended(all)) {
            throw new ServerFailure("Keycloak could not be ended; end these processes by hand: "
                    + all.stream().map(ProcessHandle::pid).toList());
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(launcher.descendants(), Stream.of(launcher.toHandle()))
                .toList();
    }

    private static boolean ended(List<ProcessHandle> processes) {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean wouldChangeKeycloak(String variable) {
        return variable.startsWith("KC_") || variable.startsWith("JAVA_OPTS") || variable.equals("JAVA");
    }
}
