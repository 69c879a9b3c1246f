package io.github.keycloaknylas.kit.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.testkit.leaks.Needle;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedleTest {

    private static final String SECRET = "Leak!*$/+\"~xyz0";
    private final Needle needle = Needle.of("token", SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "{\"token\":\""})
    void aSecretIsFoundInBase64WhateverStandsAroundIt(String before) {
        for (String after : List.of("", "z", "zy", "zyx")) {
            byte[] text = (before + SECRET + after).getBytes(UTF_8);

            assertThat(needle.isIn(Base64.getEncoder().encodeToString(text))).isTrue();
            assertThat(needle.isIn(Base64.getUrlEncoder().withoutPadding().encodeToString(text)))
                    .isTrue();
        }
    }

    @Test
    void aSecretIsFoundAsItIsAndAsAddressesJsonHtmlAndHexWriteIt() throws JsonProcessingException {
        assertThat(needle.isIn("x" + SECRET + "y")).isTrue();
        assertThat(needle.isIn("a=" + URLEncoder.encode(SECRET, UTF_8))).isTrue();
        assertThat(needle.isIn(new ObjectMapper().writeValueAsString(SECRET))).isTrue();
        assertThat(needle.isIn("Leak!*$/+&quot;~xyz0")).isTrue();
        assertThat(needle.isIn(HexFormat.of().formatHex(SECRET.getBytes(UTF_8))))
                .isTrue();
    }

    @Test
    void aKeyOfBytesIsFound() {
        byte[] key = {1, -2, 3, -4, 5, -6, 7, -8};

        assertThat(Needle.of("key", key).isIn("x" + Base64.getEncoder().encodeToString(key)))
                .isTrue();
        assertThat(Needle.of("key", key).isIn(HexFormat.of().formatHex(key))).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(needle.isIn("Leak!*$/+\"~xyz1")).isFalse();
        assertThat(needle.isIn(Base64.getEncoder().encodeToString("something else".getBytes(UTF_8))))
                .isFalse();
    }
}
