package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LearnedApplicationsTest {

    private final String name = "connection-" + UUID.randomUUID();

    private static Endpoint endpoint(String name, String url, String keyReference, String credential) {
        return new Endpoint(name, URI.create(url), keyReference, Optional.empty(), Optional.ofNullable(credential));
    }

    @Test
    void anEndpointIsUnknownUntilItsApplicationIsLearned() {
        Endpoint endpoint = endpoint(name, "https://api.us.nylas.com", "option:key", null);
        assertThat(LearnedApplications.of(endpoint)).isEmpty();

        LearnedApplications.learned(endpoint, "application-a");

        assertThat(LearnedApplications.of(endpoint)).contains("application-a");
    }

    @Test
    void theKeyOfAnotherApplicationReplacesIt() {
        Endpoint endpoint = endpoint(name, "https://api.us.nylas.com", "option:key", null);
        LearnedApplications.learned(endpoint, "application-a");

        LearnedApplications.learned(endpoint, "application-b");

        assertThat(LearnedApplications.of(endpoint)).contains("application-b");
    }

    @Test
    void whereUrlKeyOrCredentialDifferItIsNotKnown() {
        LearnedApplications.learned(endpoint(name, "https://api.us.nylas.com", "option:key", null), "application-a");

        assertThat(LearnedApplications.of(endpoint(name + "-b", "https://api.us.nylas.com", "option:key", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(endpoint(name, "https://api.eu.nylas.com", "option:key", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(endpoint(name, "https://api.us.nylas.com", "${vault.b}", null)))
                .isEmpty();
        assertThat(LearnedApplications.of(endpoint(name, "https://api.us.nylas.com", "option:key", "credential")))
                .isEmpty();
    }

    @Test
    void whatTheOptionNamesMakesNoDifference() {
        Endpoint endpoint = endpoint(name, "https://api.us.nylas.com", "option:key", null);
        LearnedApplications.learned(endpoint, "application-a");

        Endpoint named = new Endpoint(
                name, endpoint.apiUrl(), endpoint.keyReference(), Optional.of("application-a"), Optional.empty());

        assertThat(LearnedApplications.of(named)).contains("application-a");
    }

    @Test
    void afterManyOthersTheNewestIsStillKnown() {
        for (int i = 0; i < 10_500; i++) {
            LearnedApplications.learned(endpoint(name + i, "https://api.us.nylas.com", "option:key", null), "a");
        }

        assertThat(LearnedApplications.of(endpoint(name + 10_499, "https://api.us.nylas.com", "option:key", null)))
                .contains("a");
        assertThat(LearnedApplications.of(endpoint(name + 0, "https://api.us.nylas.com", "option:key", null)))
                .isEmpty();
    }
}
