package io.github.keycloaknylas.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the fakes listen when they run without the demo's Keycloak, read from environment variables.
 *
 * @param address where all of them listen; loopback unless {@code LISTEN_ADDRESS} names another
 * @param microsoftPort {@code MICROSOFT_PORT}; 0 takes a free one
 * @param nylasPort {@code NYLAS_PORT}; 0 takes a free one
 * @param appPort {@code APP_PORT} of the example application, which is not started without it
 * @param keycloakPort {@code KEYCLOAK_PORT}, where the example application finds Keycloak on this machine
 */
public record StandaloneOptions(
        InetAddress address, int microsoftPort, int nylasPort, Optional<Integer> appPort, int keycloakPort) {

    public static StandaloneOptions of(Map<String, String> environment) {
        return new StandaloneOptions(
                address(environment.getOrDefault("LISTEN_ADDRESS", "")),
                port(environment, "MICROSOFT_PORT").orElse(8081),
                port(environment, "NYLAS_PORT").orElse(8082),
                port(environment, "APP_PORT"),
                port(environment, "KEYCLOAK_PORT").orElse(8080));
    }

    /** Where the example application listens. */
    public Optional<InetSocketAddress> app() {
        return appPort.map(port -> new InetSocketAddress(address, port));
    }

    /** The example application as a client of the Keycloak on this machine. */
    public OidcClient client(int port) {
        return OidcClient.ofTheDemo(
                URI.create("http://localhost:" + keycloakPort), URI.create("http://localhost:" + port));
    }

    private static InetAddress address(String name) {
        try {
            return name.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new DemoFailure("LISTEN_ADDRESS is '" + name + "', which is not an address of this machine.");
        }
    }

    private static Optional<Integer> port(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            return Optional.empty();
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 0xFFFF) {
            throw new DemoFailure(variable + " is '" + value + "', which is not a port.");
        }
        return Optional.of(Integer.valueOf(value));
    }
}
