package io.github.keycloaknylas.kit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.demo.DemoFailure;
import io.github.keycloaknylas.demo.FakesMain;
import io.github.keycloaknylas.demo.StandaloneOptions;
import io.github.keycloaknylas.testkit.Fakes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fakes alone: nobody else on the network can reach them unless LISTEN_ADDRESS says so. */
class StandaloneOptionsTest {

    private static final Map<String, String> FREE_PORTS = Map.of("MICROSOFT_PORT", "0", "NYLAS_PORT", "0");
    private static final Map<String, String> EVERYWHERE =
            Map.of("MICROSOFT_PORT", "0", "NYLAS_PORT", "0", "LISTEN_ADDRESS", "0.0.0.0");

    @Test
    void withoutEnvironmentBothListenOnLoopbackOnTheUsualPortsAndThereIsNoApplication() {
        StandaloneOptions options = StandaloneOptions.of(Map.of());

        assertThat(options.address().isLoopbackAddress()).isTrue();
        assertThat(options.microsoftPort()).isEqualTo(8081);
        assertThat(options.nylasPort()).isEqualTo(8082);
        assertThat(options.app()).isEmpty();
    }

    @Test
    void anEmptyListenAddressIsLoopback() {
        StandaloneOptions options = StandaloneOptions.of(Map.of("LISTEN_ADDRESS", ""));

        assertThat(options.address().isLoopbackAddress()).isTrue();
    }

    @Test
    void theEnvironmentChoosesAddressPortsAndTheExampleApplication() {
        StandaloneOptions options = StandaloneOptions.of(Map.of(
                "LISTEN_ADDRESS", "0.0.0.0",
                "MICROSOFT_PORT", "9081",
                "NYLAS_PORT", "9082",
                "APP_PORT", "9000",
                "KEYCLOAK_PORT", "9080"));

        assertThat(options.address().isAnyLocalAddress()).isTrue();
        assertThat(options.microsoftPort()).isEqualTo(9081);
        assertThat(options.nylasPort()).isEqualTo(9082);
        assertThat(options.app()).contains(new InetSocketAddress("0.0.0.0", 9000));
        assertThat(options.client(9000).realm()).isEqualTo(URI.create("http://localhost:9080/realms/demo"));
        assertThat(options.client(9000).redirect()).isEqualTo(URI.create("http://localhost:9000/callback"));
    }

    @ParameterizedTest
    @CsvSource({"NYLAS_PORT, eighty", "MICROSOFT_PORT, 65536", "APP_PORT, -1", "LISTEN_ADDRESS, 300.0.0.1"})
    void whatIsNoPortOrAddressIsRefusedByName(String variable, String value) {
        assertThatThrownBy(() -> StandaloneOptions.of(Map.of(variable, value)))
                .isInstanceOf(DemoFailure.class)
                .hasMessageStartingWith(variable + " is '" + value + "'");
    }

    // Linux answers on all of 127.0.0.0/8, so that another loopback address tells one listening address from all.
    @Test
    @EnabledOnOs(OS.LINUX)
    void byDefaultNoOtherAddressOfThisMachineAnswers() {
        try (Fakes fakes = FakesMain.start(StandaloneOptions.of(FREE_PORTS))) {
            for (int port : ports(fakes)) {
                assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withTheOptionOtherAddressesOfThisMachineAnswer() throws IOException {
        try (Fakes fakes = FakesMain.start(StandaloneOptions.of(EVERYWHERE))) {
            for (int port : ports(fakes)) {
                connect("127.0.0.2", port);
            }
        }
    }

    @Test
    void theImageSetsTheOption() throws IOException {
        assertThat(Files.readAllLines(Path.of("docker/fakes.Dockerfile"))).contains("ENV LISTEN_ADDRESS=0.0.0.0");
    }

    private static List<Integer> ports(Fakes fakes) {
        return List.of(
                fakes.microsoft().urls().login().getPort(), fakes.nylas().uri().getPort());
    }

    private static void connect(String host, int port) throws IOException {
        new Socket(host, port).close();
    }
}
