package io.github.keycloaknylas.kit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.testkit.server.FreePort;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server binds the port it was given half a minute later: nothing else may get that port in between. */
class FreePortTest {

    @Test
    void aPortIsNoneThatSystemsGiveOutByThemselves() {
        assertThat(IntStream.range(0, 1000).map(i -> FreePort.find()))
                .allMatch(port -> port >= 10_000 && port < 32_768);
    }

    @Test
    void aPortInUseIsPassedOver() throws IOException {
        int used = FreePort.find();
        int next = FreePort.find();
        try (ServerSocket listening = new ServerSocket(used, 1, InetAddress.getLoopbackAddress())) {
            Iterator<Integer> candidates = List.of(used, used, next).iterator();

            assertThat(FreePort.find(candidates::next)).isEqualTo(next);
            assertThat(listening.isBound()).isTrue();
        }
    }

    @Test
    void whereEveryPortIsInUseThatIsReported() throws IOException {
        int used = FreePort.find();
        try (ServerSocket listening = new ServerSocket(used, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> FreePort.find(listening::getLocalPort))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessageContaining("No free port");
        }
    }
}
