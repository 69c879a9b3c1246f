package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.Answer;
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

    private final Workshop shop;
    private final Handovers handovers;

    MissingSettingTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
        shop.connects(new Answer.Done<>(Workshop.grant("grant-1", "ada"), "request-1"));
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

        void remove(Workshop shop) {
            switch (this) {
                case REALM -> shop.keycloak.removeRealm(Workshop.REALM);
                case PROVIDER -> shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
                case MAPPER -> shop.keycloak.bareProvider(Workshop.REALM, Workshop.ALIAS);
                case CONNECTION -> shop.options.without(API_KEY);
                case USABLE_URL -> shop.options.with(API_URL, "http://nylas.example.com");
                case VAULT_ENTRY -> shop.options.with(API_KEY, "${vault.nylas}");
                case SEAL_KEY_SECRET -> shop.options.without(SEAL_KEY);
                case USABLE_SEAL_KEY -> shop.options.with(SEAL_KEY, "not base64 of 32 bytes");
            }
        }

        void correct(Workshop shop) {
            switch (this) {
                case REALM -> shop.keycloak.realm(Workshop.REALM);
                case PROVIDER, MAPPER -> shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of());
                case CONNECTION -> shop.options.with(API_KEY, "server-key");
                case USABLE_URL -> shop.options.without(API_URL);
                case VAULT_ENTRY -> shop.keycloak.vault().put("${vault.nylas}", "server-key");
                case SEAL_KEY_SECRET, USABLE_SEAL_KEY ->
                    shop.options.with(SEAL_KEY, Base64.getEncoder().encodeToString(new byte[32]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRowKeepsItsTokenAndNoBackoffAndTheLaneWaitsForAMinute(Setting setting) {
        shop.waiting("ada", "token");
        setting.remove(shop);

        assertThat(shop.handOver()).isFalse();

        assertThat(handovers.failure("ada")).contains(setting.failureClass);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        assertThat(shop.read("ada", GrantEntity::refusals)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ZERO);
        shop.clock.forward(MINUTE.minusMillis(1));
        assertThat(shop.parts.leases.next()).isEmpty();
        shop.clock.forward(Duration.ofMillis(1));
        assertThat(shop.parts.leases.next()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void howeverLongItWasMissingTheTokenIsHandedOverAMinuteAfterTheCorrection(Setting setting) {
        shop.waiting("ada", "token");
        setting.remove(shop);
        for (int minute = 0; minute < 30; minute++) {
            assertThat(shop.handOver()).isFalse();
            shop.clock.forward(MINUTE);
        }
        assertThat(shop.handOver()).isFalse();

        setting.correct(shop);
        shop.clock.forward(MINUTE);

        assertThat(shop.handOver()).isTrue();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aRestartedNodeTriesAtOnce() {
        shop.waiting("ada", "token");
        Setting.MAPPER.remove(shop);
        shop.handOver();
        Setting.MAPPER.correct(shop);
        DeliveryParts restarted = shop.node();

        assertThat(restarted.leases.next().flatMap(restarted.preparation::prepare))
                .isPresent();
    }

    @Test
    void temporaryFailuresBeforeDoNotDelayAMapperThatIsPutBack() {
        shop.waiting("ada", "token");
        shop.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(shop.handOver()).isTrue();
            shop.clock.forward(handovers.wait("ada").orElseThrow());
        }
        Setting.MAPPER.remove(shop);
        shop.handOver();
        assertThat(shop.read("ada", GrantEntity::attempts)).isEqualTo(4);
        Setting.MAPPER.correct(shop);
        shop.clock.forward(MINUTE);

        assertThat(shop.handOver()).isTrue();
    }

    @Test
    void manyRowsThatWaitForASettingCostOneLook() {
        shop.keycloak.provider(Workshop.REALM, "broken", Map.of("connection", "missing"));
        for (int i = 0; i < 60; i++) {
            handovers.waiting(new Mailbox(Workshop.REALM, "broken", "person-" + i));
        }
        shop.waiting("ada", "token");
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
        shop.keycloak.realm("other");
        shop.keycloak.provider("other", Workshop.ALIAS, Map.of());
        shop.waiting("ada", "token");
        Setting.MAPPER.remove(shop);
        shop.handOver();

        handovers.waiting(new Mailbox("other", Workshop.ALIAS, "eve"));

        assertThat(handovers.next()).map(next -> next.signIn().userId()).contains("eve");
    }
}
