package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.NodeProof;
import io.github.keycloaknylas.ledger.Nodes;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Which differences between the nodes of a cluster are reported. */
@OnEveryDatabase
class NodesCheckTest {

    private static final long NOW = 1_000_000;
    private static final Map<String, String> SETTINGS =
            Map.of("hostname", "https://keycloak.example.com", "retention", "1");

    private final Options options = Options.none();
    private final FakeKeycloak keycloak;
    private final Findings findings = new Findings();

    NodesCheckTest(Engine engine) {
        Crypto.use();
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        sealWith(1);
    }

    private void sealWith(int content) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) content);
        options.with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(key));
    }

    private void session(Consumer<KeycloakSession> work) {
        KeycloakModelUtils.runJobInTransaction(keycloak.lightweightFactory(), work::accept);
    }

    private void node(String id, String version, Map<String, String> settings, long seenAt) {
        session(session -> Nodes.of(session)
                .seen(id, version, settings, NodeProof.seal(session, id).orElse(null), seenAt));
    }

    private void check() {
        session(session -> new NodesCheck(session, Nodes.of(session), InstantSource.fixed(Instant.ofEpochMilli(NOW)))
                .run(findings));
    }

    @Test
    void nodesThatAreAlikeAreNotMentioned() {
        node("a", "1", SETTINGS, NOW);
        node("b", "1", SETTINGS, NOW - 1);

        check();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void theOptionsThatDifferAreNamedWithoutTheirValues() {
        node("a", "1", SETTINGS, NOW);
        node("b", "1", Map.of("hostname", "https://other.example.com", "retention", "1"), NOW);

        check();

        assertThat(Samples.problems(findings)).containsExactly(FindingCode.NODES_DIFFER);
        assertThat(findings.problems().get(0).problem()).contains(": hostname.").doesNotContain("example.com");
    }

    @Test
    void anOptionThatOneNodeHasNotUsedYetIsNoDifference() {
        node("a", "1", SETTINGS, NOW);
        node("b", "1", Map.of("hostname", "https://keycloak.example.com"), NOW);

        check();

        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void anotherSealKeyOfTheSameNameIsADifference() {
        sealWith(2);
        node("a", "1", SETTINGS, NOW);
        sealWith(1);
        node("b", "1", SETTINGS, NOW);

        check();

        assertThat(Samples.problems(findings)).containsExactly(FindingCode.NODES_DIFFER);
        assertThat(findings.problems().get(0).problem()).contains("spi-nylas-seal-key--<id>--secret");
    }

    @Test
    void anotherVersionIsANoteAsInARollingUpdate() {
        node("a", "1", SETTINGS, NOW);
        node("b", "2", SETTINGS, NOW);

        check();

        assertThat(findings.problems()).isEmpty();
        assertThat(Samples.notes(findings)).containsExactly(FindingCode.NODES_DIFFER);
    }

    @Test
    void aNodeThatHasNotBeenSeenForThreeMinutesDoesNotCount() {
        node("a", "1", SETTINGS, NOW);
        node("b", "1", Map.of("hostname", "https://other.example.com"), NOW - 180_000);

        check();

        assertThat(findings.problems()).isEmpty();
    }
}
