package io.github.keycloaknylas.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogCodesTest {

    @Test
    void aSentenceHasItsCode() {
        assertThat(LogCodes.of(
                        "The seal key 'server:k' is gone. Put it back: tokens that it sealed are still waiting."))
                .isEqualTo("NYLAS-1211");
    }

    @Test
    void theFirstSentenceCounts() {
        assertThat(LogCodes.of(
                        "Grants could not be deleted at Nylas and are tried again later. Nylas refused the API key:"
                                + " check that it is complete and not expired, and that the API URL is that of the"
                                + " application's region."))
                .isEqualTo("NYLAS-1503");
    }

    @Test
    void whatWaitsHasTheCodeOfItsCause() {
        assertThat(LogCodes.of("Refresh tokens are queued. The provider has no Nylas mapper any more."))
                .isEqualTo("NYLAS-1214");
    }

    @Test
    void aSentenceOfAnotherJarHasTheGeneralCode() {
        assertThat(LogCodes.of("Example Mail is closed today.")).isEqualTo(LogCodes.OTHER);
    }
}
