package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.GrantStatus;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.Microsoft;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderMapperModel;

class HandoverRuleTest {

    private static final long NOW = Duration.ofDays(1000).toMillis();
    private static final String APPLICATION = "application-1";
    private static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);
    private static final Set<String> ALL = Set.of("Mail.Read", "Calendars.Read");

    private static MapperSettings settings(Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(config);
        return MapperSettings.of(mapper);
    }

    private static boolean needed(GrantStatus grantStatus, Map<String, String> config, String application) {
        return needed(grantStatus, config, Optional.of(connection(application, "https://api.us.nylas.com", null)), ADA);
    }

    private static boolean needed(
            GrantStatus grantStatus,
            Map<String, String> config,
            Optional<ConnectionSettings> connection,
            ExpectedIdentity identity) {
        return HandoverRule.isNeeded(
                Optional.ofNullable(grantStatus), identity, settings(config), connection, new Microsoft(), NOW);
    }

    /** @param application that this node has learned for the connection, or null */
    private static ConnectionSettings connection(String application, String apiUrl, String credentialId) {
        ConnectionSettings connection = new ConnectionSettings(
                "connection-" + UUID.randomUUID(),
                URI.create(apiUrl),
                "option:key",
                Optional.empty(),
                Optional.ofNullable(credentialId));
        if (application != null) {
            LearnedApplications.learned(connection, application);
        }
        return connection;
    }

    private static GrantStatus connected(Set<String> scopes, Duration age) {
        return connected(scopes, NOW - age.toMillis());
    }

    private static GrantStatus connected(Set<String> scopes, Long connectedAt) {
        return grantStatus(GrantState.CONNECTED, scopes, connectedAt, NOW);
    }

    private static GrantStatus grantStatus(GrantState state, Set<String> scopes, Long connectedAt, Long since) {
        return new GrantStatus(
                Optional.ofNullable(state),
                new GrantConnection("https://api.us.nylas.com", APPLICATION, null, "default", "option:key"),
                scopes,
                connectedAt,
                since,
                ADA);
    }

    @Test
    void aMailboxThatIsNotKnownIsHandedOver() {
        assertThat(needed(null, Map.of(), APPLICATION)).isTrue();
        assertThat(needed(null, Map.of(), Optional.empty(), ADA)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ABSENT,true", "RECONNECT,true", "CONNECTED,false"})
    void onlyAConnectedGrantNeedsNothing(GrantState state, boolean needed) {
        assertThat(needed(grantStatus(state, ALL, NOW, NOW), Map.of(), APPLICATION))
                .isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,false", "P1D,false", "P1DT1S,true"})
    void aGrantThatIsHeldBackIsTriedOnceADay(Duration age, boolean needed) {
        assertThat(needed(grantStatus(GrantState.HELD, ALL, NOW, NOW - age.toMillis()), Map.of(), APPLICATION))
                .isEqualTo(needed);
    }

    @Test
    void aNewTokenAloneIsNoReasonHoweverOldTheGrant() {
        assertThat(needed(connected(ALL, Duration.ofDays(900)), Map.of(), APPLICATION))
                .isFalse();
    }

    @Test
    void aStateOfANewerVersionIsLeftAlone() {
        assertThat(needed(grantStatus(null, Set.of(), null, NOW), Map.of(), "another"))
                .isFalse();
    }

    @Test
    void anotherApplicationUrlOrCredentialIsAReason() {
        GrantStatus connected = connected(ALL, Duration.ZERO);

        assertThat(needed(connected, Map.of(), "another")).isTrue();
        assertThat(needed(connected, Map.of(), Optional.of(connection(null, "https://api.eu.nylas.com", null)), ADA))
                .isTrue();
        assertThat(needed(
                        connected,
                        Map.of(),
                        Optional.of(connection(null, "https://api.us.nylas.com", "credential-1")),
                        ADA))
                .isTrue();
    }

    @Test
    void anApplicationThatThisNodeHasNotLearnedCountsAsUnchanged() {
        assertThat(needed(connected(ALL, Duration.ZERO), Map.of(), (String) null))
                .isFalse();
    }

    @Test
    void aMisconfiguredConnectionIsNoReason() {
        assertThat(needed(connected(ALL, Duration.ZERO), Map.of(), Optional.empty(), ADA))
                .isFalse();
    }

    @Test
    void anotherObjectIdUnderTheSameSubjectIsAnotherMailbox() {
        ExpectedIdentity successor = new ExpectedIdentity("oid-eve", null, "ada@example.com", null, null);
        ExpectedIdentity unknown = new ExpectedIdentity(null, null, "ada@example.com", null, null);

        GrantStatus connected = connected(ALL, Duration.ZERO);

        assertThat(needed(connected, Map.of(), Optional.empty(), successor)).isTrue();
        assertThat(needed(connected, Map.of(), Optional.empty(), unknown)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT23H,false", "P1D,false", "P1DT1S,true"})
    void missingScopesAreAReasonOnceADay(Duration age, boolean needed) {
        assertThat(needed(connected(Set.of("Mail.Read"), age), Map.of(), APPLICATION))
                .isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"P29D,false", "P30D,false", "P30DT1S,true"})
    void aGrantOlderThanItsMaximumAgeIsHandedOverAnew(Duration age, boolean needed) {
        assertThat(needed(connected(ALL, age), Map.of("maximumAgeDays", "30"), APPLICATION))
                .isEqualTo(needed);
    }

    @Test
    void aGrantOfUnknownAgeIsTooOld() {
        GrantStatus grantStatus = connected(ALL, (Long) null);

        assertThat(needed(grantStatus, Map.of("maximumAgeDays", "30"), APPLICATION))
                .isTrue();
        assertThat(needed(grantStatus, Map.of(), APPLICATION)).isFalse();
    }
}
