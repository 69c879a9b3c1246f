package io.github.keycloaknylas.testkit.server;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts {@link ServerOptions} to arguments of {@code kc.sh}. */
final class CommandLine {

    static final String ADMIN = "admin";

    private CommandLine() {}

    static List<String> arguments(ServerOptions options) {
        List<String> arguments = new ArrayList<>(options.mode().arguments());
        arguments.addAll(buildArguments(options));
        arguments.add("--http-host=127.0.0.1");
        arguments.add("--http-port=" + options.ports().http());
        arguments.add("--http-management-port=" + options.ports().management());
        arguments.addAll(options.database().arguments());
        if (!options.truststore().isEmpty()) {
            arguments.add("--truststore-paths="
                    + options.truststore().stream()
                            .map(path -> path.toAbsolutePath().toString())
                            .collect(Collectors.joining(",")));
        }
        options.options().forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments;
    }

    /** Options that Keycloak bakes in when it builds itself. */
    static List<String> buildArguments(ServerOptions options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--health-enabled=true",
                "--metrics-enabled=true",
                "--db=" + options.database().kind()));
        if (!options.features().isEmpty()) {
            arguments.add("--features=" + String.join(",", options.features()));
        }
        return arguments;
    }

    static Map<String, String> environment(ServerOptions options) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        environment.put("JAVA_OPTS_APPEND", javaOptions(options));
        environment.putAll(options.environment());
        return environment;
    }

    /** The options of the build for all servers, then those of this one. */
    static String javaOptions(ServerOptions options) {
        return Stream.concat(Stream.of(System.getProperty("server.java.options", "")), options.jvmOptions().stream())
                .collect(Collectors.joining(" "));
    }

    static Path script(Path home) {
        return home.resolve("bin").resolve(File.separatorChar == '/' ? "kc.sh" : "kc.bat");
    }
}
