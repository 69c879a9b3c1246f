package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a key may be sent to. */
final class ApiKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.us.nylas.com",
                "HTTPS://api.us.nylas.com:8443",
                "https://gateway.example/nylas",
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1:1",
                "http://127.255.0.9",
                "http://[::1]:8080"
            })
    void takesHttpsAndPlainHttpOnLoopback(String url) {
        assertThat(new ApiKey(URI.create(url), "key").apiUrl()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.us.nylas.com",
                "http://127.evil.example",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://128.0.0.1",
                "http://[::2]",
                "http://10.0.0.1",
                "ftp://localhost",
                "//api.us.nylas.com",
                "/v3",
                "https:nylas",
                "https://secret@api.us.nylas.com",
                "https://api.us.nylas.com?secret",
                "https://api.us.nylas.com?",
                "https://api.us.nylas.com#secret",
                "https://api.us.nylas.com/v3",
                "https://api.us.nylas.com/v3/"
            })
    void refusesEveryOtherAddressWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKey(URI.create(url), "key"))
                .withMessageStartingWith("The Nylas API URL ")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesNoAddressAtAll() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey(null, "key"));
    }

    @Test
    void aTrailingSlashMakesNoDifference() {
        assertThat(new ApiKey(URI.create("https://api.eu.nylas.com/"), "key"))
                .isEqualTo(new ApiKey(URI.create("https://api.eu.nylas.com"), "key"));
    }

    @Test
    void dropsTheNewlineOfAKeyFile() {
        assertThat(new ApiKey(URI.create("https://api.us.nylas.com"), " key\n").value())
                .isEqualTo("key");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n", "sec\nret", "sec ret", "sec\u0007ret", "secretü"})
    void refusesKeysThatNoHeaderCanCarryWithoutRepeatingThem(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKey(URI.create("https://api.us.nylas.com"), key))
                .withMessageStartingWith("The Nylas API key ")
                .withMessageNotContaining("sec");
    }
}
