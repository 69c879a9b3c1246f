package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

/** What an answer looks like. */
class FindingsTest {

    private final Findings findings = new Findings();

    @Test
    void ofSeveralSentencesTheFirstIsTheProblemAndTheOthersWhatToDo() {
        findings.problemFrom(FindingCode.CONNECTION_UNUSABLE, "a", "It is 1.5 wide. Cut it. Then go on.", "unused");
        assertThat(findings.problems())
                .containsExactly(
                        Finding.of(FindingCode.CONNECTION_UNUSABLE, "a", "It is 1.5 wide.", "Cut it. Then go on."));
    }

    @Test
    void oneSentenceGetsWhatToDoFromItsChecker() {
        findings.problemFrom(FindingCode.SEAL_KEY_MISSING, null, "It is broken.", "Fix it.");
        assertThat(findings.problems())
                .containsExactly(Finding.of(FindingCode.SEAL_KEY_MISSING, null, "It is broken.", "Fix it."));
    }

    @Test
    void notesDoNotSpoilTheAnswerButProblemsDo() {
        findings.note(FindingCode.CREDENTIAL_UNCHECKED, "a", "n", "x");
        assertThat(new SetupReport(List.of(), findings).ok()).isTrue();
        findings.problem(FindingCode.MAPPER_MISSING, null, "p", "x");
        assertThat(new SetupReport(List.of(), findings).ok()).isFalse();
    }

    @Test
    void theJsonHasStableLowerCaseCodes() throws IOException {
        findings.problem(FindingCode.STORE_TOKENS_OFF, "microsoft", "p", "n");
        findings.problem(FindingCode.MAPPER_MISSING, null, "p", "n");
        SetupReport report =
                new SetupReport(List.of(new SetupStep("user_attribute", "a", SetupStep.Outcome.CREATED)), findings);
        assertThat(JsonSerialization.mapper.readTree(JsonSerialization.writeValueAsString(report)))
                .isEqualTo(JsonSerialization.mapper.readTree(
                        """
                        {"done": [{"what": "user_attribute", "name": "a", "outcome": "created"}],
                         "problems": [
                           {"code": "store_tokens_off", "provider": "microsoft", "problem": "p", "why": "%s", "next": "n"},
                           {"code": "mapper_missing", "problem": "p", "why": "%s", "next": "n"}],
                         "notes": [], "ok": false}""".formatted(FindingCode.STORE_TOKENS_OFF.why(), FindingCode.MAPPER_MISSING.why())));
    }
}
