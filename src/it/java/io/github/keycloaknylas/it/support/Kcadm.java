package io.github.keycloaknylas.it.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A shell that finds the {@code kcadm.sh} of a distribution on its path, with a home directory of its own. */
public final class Kcadm {

    private final Path bin;
    private final Path home;
    private final String password;

    private Kcadm(Path bin, Path home, String password) {
        this.bin = bin;
        this.home = home;
        this.password = password;
    }

    public static Kcadm of(Path keycloak, String password) {
        try {
            Path home = Files.createDirectories(BuildOutput.directory("kcadm"));
            return new Kcadm(keycloak.resolve("bin"), home, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where kcadm.sh keeps the server's address and tokens. */
    public Path configuration() {
        return home.resolve(".keycloak").resolve("kcadm.config");
    }

    /** Runs the commands in one shell that stops at the first failure; returns what they print. */
    public String run(String commands) {
        try {
            Process shell = builder(commands).start();
            shell.getOutputStream().close();
            String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
            assertThat(shell.waitFor()).as("%s%n%s", commands, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(String commands) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).redirectErrorStream(true);
        Map<String, String> environment = shell.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("KC_") || variable.equals("JAVA"));
        environment.merge("PATH", bin.toString(), (path, first) -> first + File.pathSeparator + path);
        environment.put("JAVA_HOME", BuildOutput.serverJava().toString());
        // Java takes the home directory from the user database, not from HOME. Each command is a short-lived JVM.
        environment.put("KC_OPTS", "-Duser.home=" + home + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.put("KC_CLI_PASSWORD", password);
        return shell;
    }
}
