package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FreshOptions.class)
class ServerUrlTest {

    private final Options options = Options.none();

    @ParameterizedTest
    @CsvSource({
        "https://auth.example.com, https://auth.example.com",
        "https://auth.example.com/, https://auth.example.com",
        "https://auth.example.com:8443/auth/, https://auth.example.com:8443/auth",
        "auth.example.com, https://auth.example.com",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "'http://[::1]:8080', 'http://[::1]:8080'"
    })
    void theFixedHostNameIsTheAddress(String hostname, String url) {
        options.with("hostname/v2/hostname", hostname);

        assertThat(ServerUrl.configured()).isEqualTo(url);
    }

    @Test
    void withoutAFixedHostNameThereIsNoAddress() {
        assertThatThrownBy(ServerUrl::configured)
                .isInstanceOf(ServerUrlException.class)
                .hasMessageContaining("not fixed")
                .hasMessageContaining("--hostname=https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://auth.example.com", "http://localhost.example.com", "http://10.0.0.1"})
    void anAddressInClearIsRefusedExceptOnLoopback(String hostname) {
        options.with("hostname/v2/hostname", hostname);

        assertThatThrownBy(ServerUrl::configured)
                .isInstanceOf(ServerUrlException.class)
                .hasMessageContaining("HTTPS");
    }

    @Test
    void whatIsNoUrlIsRefused() {
        options.with("hostname/v2/hostname", "not a url");

        assertThatThrownBy(ServerUrl::configured).isInstanceOf(ServerUrlException.class);
    }
}
