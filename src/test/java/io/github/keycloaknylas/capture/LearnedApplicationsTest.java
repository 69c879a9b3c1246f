package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.ConnectionSettings;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LearnedApplicationsTest {

    private final String name = "connection-" + UUID.randomUUID();

    private static ConnectionSettings connection(String name, String url, String keyReference, String credential) {
        return new ConnectionSettings(
                name, URI.create(url), keyReference, Optional.empty(), Optional.ofNullable(credential));
    }

    @Test
    void aConnectionIsUnknownUntilItsApplicationIsLearned() {
        ConnectionSettings connection = connection(name, "https://api.us.nylas.com", "option:key", null);
        assertThat(LearnedApplications.of(connection)).isEmpty();

        LearnedApplications.learned(connection, "application-a");

        assertThat(LearnedApplications.of(connection)).contains("application-a");
    }

    @Test
    void theKeyOfAnotherApplicationReplacesIt() {
        ConnectionSettings connection = connection(name, "https://api.us.nylas.com", "option:key", null);
        LearnedApplications.learned(connection, "application-a");

        LearnedApplications.learned(connection, "application-b");

        assertThat(LearnedApplications.of(connection)).contains("application-b");
    }

    @Test
    void whereUrlKeyOrCredentialDifferItIsNotKnown() {
        LearnedApplications.learned(connection(name, "https://api.us.nylas.com", "option:key", null), "application-a");

        assertThat(LearnedApplications.of(connection(name + "-b", "https://api.us.nylas.com", "option:key", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(connection(name, "https://api.eu.nylas.com", "option:key", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(connection(name, "https://api.us.nylas.com", "${vault.b}", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(connection(name, "https://api.us.nylas.com", "option:key", "credential")))
                .isEmpty();
    }

    @Test
    void whatTheOptionNamesMakesNoDifference() {
        ConnectionSettings connection = connection(name, "https://api.us.nylas.com", "option:key", null);
        LearnedApplications.learned(connection, "application-a");

        ConnectionSettings named = new ConnectionSettings(
                name, connection.apiUrl(), connection.keyReference(), Optional.of("application-a"), Optional.empty());

        assertThat(LearnedApplications.of(named)).contains("application-a");
    }

    @Test
    void afterManyOthersTheNewestIsStillKnown() {
        for (int i = 0; i < 10_500; i++) {
            LearnedApplications.learned(connection(name + i, "https://api.us.nylas.com", "option:key", null), "a");
        }

        assertThat(LearnedApplications.of(connection(name + 10_499, "https://api.us.nylas.com", "option:key", null)))
                .contains("a");
        assertThat(LearnedApplications.of(connection(name + 0, "https://api.us.nylas.com", "option:key", null)))
                .isEmpty();
    }
}
