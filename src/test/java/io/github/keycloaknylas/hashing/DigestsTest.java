package io.github.keycloaknylas.hashing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestsTest {

    @ParameterizedTest
    @CsvSource({"ab,c,a,bc", "'',x,x,''", "a,b,b,a", "a,b,A,b"})
    void differentListsOfTextsNeverRunTogether(String one, String two, String three, String four) {
        assertThat(Digests.sha256(one, two)).isNotEqualTo(Digests.sha256(three, four));
    }

    @Test
    void theSameTextsGiveTheSameDigestInLowerCaseHex() {
        assertThat(Digests.sha256("realm", "grüße"))
                .isEqualTo(Digests.sha256("realm", "grüße"))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void anEmptyTextIsNotNoText() {
        assertThat(Digests.sha256("a", "")).isNotEqualTo(Digests.sha256("a"));
    }

    @Test
    void loneSurrogatesAreToldApart() {
        assertThat(Digests.sha256("\ud800"))
                .isNotEqualTo(Digests.sha256("\ud801"))
                .isNotEqualTo(Digests.sha256("?"));
    }

    @Test
    void bytesAreTakenAsTheyAre() {
        assertThat(Digests.sha256("abc".getBytes(US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
