package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Standing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.IdentityProviderMapperModel;

class HandoverRuleTest {

    private static final long NOW = Duration.ofDays(1000).toMillis();
    private static final Set<String> ALL = Set.of("Mail.Read", "Calendars.Read");

    private static MapperSettings settings(Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(config);
        return MapperSettings.of(mapper);
    }

    private static boolean needed(Standing standing, Map<String, String> config, String fingerprint) {
        return HandoverRule.isNeeded(
                Optional.ofNullable(standing), settings(config), Optional.ofNullable(fingerprint), NOW);
    }

    private static Standing connected(Set<String> scopes, Duration age) {
        return new Standing(Optional.of(GrantState.CONNECTED), "print", scopes, NOW - age.toMillis());
    }

    @Test
    void aMailboxThatIsNotKnownIsHandedOver() {
        assertThat(needed(null, Map.of(), "print")).isTrue();
        assertThat(needed(null, Map.of(), null)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(GrantState.class)
    void onlyAConnectedGrantNeedsNothing(GrantState state) {
        Standing standing = new Standing(Optional.of(state), "print", ALL, NOW);

        assertThat(needed(standing, Map.of(), "print")).isEqualTo(state != GrantState.CONNECTED);
    }

    @Test
    void aNewTokenAloneIsNoReasonHoweverOldTheGrant() {
        assertThat(needed(connected(ALL, Duration.ofDays(900)), Map.of(), "print"))
                .isFalse();
    }

    @Test
    void aStateOfANewerVersionIsLeftAlone() {
        assertThat(needed(new Standing(Optional.empty(), "other", Set.of(), null), Map.of(), "print"))
                .isFalse();
    }

    @Test
    void anotherConnectionOrCredentialIsAReason() {
        assertThat(needed(connected(ALL, Duration.ZERO), Map.of(), "another print"))
                .isTrue();
        assertThat(needed(new Standing(Optional.of(GrantState.CONNECTED), null, ALL, NOW), Map.of(), "print"))
                .isTrue();
    }

    @Test
    void aConnectionThatCannotBeHadIsNoReason() {
        assertThat(needed(connected(ALL, Duration.ZERO), Map.of(), null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT23H,false", "P1D,false", "P1DT1S,true"})
    void missingScopesAreAReasonOnceADay(Duration age, boolean needed) {
        assertThat(needed(connected(Set.of("Mail.Read"), age), Map.of(), "print"))
                .isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"P29D,false", "P30D,false", "P30DT1S,true"})
    void aGrantOlderThanItsMaximumAgeIsHandedOverAnew(Duration age, boolean needed) {
        assertThat(needed(connected(ALL, age), Map.of("maximumAgeDays", "30"), "print"))
                .isEqualTo(needed);
    }

    @Test
    void aGrantOfUnknownAgeIsTooOld() {
        Standing standing = new Standing(Optional.of(GrantState.CONNECTED), "print", ALL, null);

        assertThat(needed(standing, Map.of("maximumAgeDays", "30"), "print")).isTrue();
        assertThat(needed(standing, Map.of(), "print")).isFalse();
    }
}
