package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that wait for a setting are delivered within a minute after it was corrected, without a sign-in. */
@OnEveryDatabase
class MissingSettingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String SEAL_KEY = "nylas-seal-key/default/secret";
    private static final String API_KEY = "nylas-connection/default/api-key";
    private static final String API_URL = "nylas-connection/default/api-url";

    private final DeliveryFixture fixture;
    private final Handovers handovers;

    MissingSettingTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
    }

    /** A setting, and the failure that a row shows while it is missing. */
    enum Setting {
        REALM("provider_missing"),
        PROVIDER("provider_missing"),
        MAPPER("mapper_missing"),
        CONNECTION("connection_missing"),
        USABLE_URL("connection_invalid"),
        VAULT_ENTRY("connection_missing"),
        SEAL_KEY_SECRET("seal_key"),
        USABLE_SEAL_KEY("seal_key");

        private final String failureClass;

        Setting(String failureClass) {
            this.failureClass = failureClass;
        }

        void remove(DeliveryFixture fixture) {
            switch (this) {
                case REALM -> fixture.keycloak.removeRealm(DeliveryFixture.REALM);
                case PROVIDER -> fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
                case MAPPER -> fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
                case CONNECTION -> fixture.options.without(API_KEY);
                case USABLE_URL -> fixture.options.with(API_URL, "http://nylas.example.com");
                case VAULT_ENTRY -> fixture.options.with(API_KEY, "${vault.nylas}");
                case SEAL_KEY_SECRET -> fixture.options.without(SEAL_KEY);
                case USABLE_SEAL_KEY -> fixture.options.with(SEAL_KEY, "not base64 of 32 bytes");
            }
        }

        void correct(DeliveryFixture fixture) {
            switch (this) {
                case REALM -> fixture.keycloak.realm(DeliveryFixture.REALM);
                case PROVIDER, MAPPER ->
                    fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of());
                case CONNECTION -> fixture.options.with(API_KEY, "server-key");
                case USABLE_URL -> fixture.options.without(API_URL);
                case VAULT_ENTRY -> fixture.keycloak.vault().put("${vault.nylas}", "server-key");
                case SEAL_KEY_SECRET, USABLE_SEAL_KEY ->
                    fixture.options.with(SEAL_KEY, Base64.getEncoder().encodeToString(new byte[32]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRowKeepsItsTokenAndNoBackoffAndTheLaneWaitsForAMinute(Setting setting) {
        fixture.waiting("ada", "token");
        setting.remove(fixture);

        assertThat(fixture.handOver()).isFalse();

        assertThat(handovers.failure("ada")).contains(setting.failureClass);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        assertThat(fixture.read("ada", GrantEntity::refusals)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ZERO);
        fixture.clock.forward(MINUTE.minusMillis(1));
        assertThat(fixture.parts.leases.next()).isEmpty();
        fixture.clock.forward(Duration.ofMillis(1));
        assertThat(fixture.parts.leases.next()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void howeverLongItWasMissingTheTokenIsHandedOverAMinuteAfterTheCorrection(Setting setting) {
        fixture.waiting("ada", "token");
        setting.remove(fixture);
        for (int minute = 0; minute < 30; minute++) {
            assertThat(fixture.handOver()).isFalse();
            fixture.clock.forward(MINUTE);
        }
        assertThat(fixture.handOver()).isFalse();

        setting.correct(fixture);
        fixture.clock.forward(MINUTE);

        assertThat(fixture.handOver()).isTrue();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aRestartedNodeTriesAtOnce() {
        fixture.waiting("ada", "token");
        Setting.MAPPER.remove(fixture);
        fixture.handOver();
        Setting.MAPPER.correct(fixture);
        DeliveryParts restarted = fixture.node();

        assertThat(restarted.leases.next().flatMap(restarted.preparation::prepare))
                .isPresent();
    }

    @Test
    void temporaryFailuresBeforeDoNotDelayAMapperThatIsPutBack() {
        fixture.waiting("ada", "token");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(fixture.handOver()).isTrue();
            fixture.clock.forward(handovers.wait("ada").orElseThrow());
        }
        Setting.MAPPER.remove(fixture);
        fixture.handOver();
        assertThat(fixture.read("ada", GrantEntity::attempts)).isEqualTo(4);
        Setting.MAPPER.correct(fixture);
        fixture.clock.forward(MINUTE);

        assertThat(fixture.handOver()).isTrue();
    }

    @Test
    void manyRowsThatWaitForASettingCostOneLook() {
        fixture.keycloak.provider(DeliveryFixture.REALM, "broken", Map.of("connection", "missing"));
        for (int i = 0; i < 60; i++) {
            handovers.waiting(new Mailbox(DeliveryFixture.REALM, "broken", "person-" + i));
        }
        fixture.waiting("ada", "token");
        AtomicInteger transactions = new AtomicInteger();
        DeliveryParts parts = handovers.node(session -> transactions.incrementAndGet());

        List<String> prepared = Stream.generate(() -> parts.leases.next().flatMap(parts.preparation::prepare))
                .limit(2)
                .flatMap(Optional::stream)
                .map(next -> next.signIn().userId())
                .toList();

        assertThat(prepared).containsExactly("ada");
        // For each of the two lanes one lease and one look.
        assertThat(transactions).hasValue(4);
        assertThat(parts.leases.next()).isEmpty();
    }

    @Test
    void oneRealmsMissingMapperConcernsNoOtherRealm() {
        fixture.keycloak.realm("other");
        fixture.keycloak.provider("other", DeliveryFixture.ALIAS, Map.of());
        fixture.waiting("ada", "token");
        Setting.MAPPER.remove(fixture);
        fixture.handOver();

        handovers.waiting(new Mailbox("other", DeliveryFixture.ALIAS, "eve"));

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }
}
