package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.mail.SetUpRemark;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks find. */
final class Findings {

    private static final String SENTENCE_END = ". ";

    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();

    void problem(FindingCode code, String provider, String problem, String next) {
        problems.add(Finding.of(code, provider, problem, next));
    }

    /**
     * Adds a problem in the words of another package: the first sentence states the problem, the others the next step.
     *
     * @param otherwise the next step if there is only one sentence
     */
    void problemFrom(FindingCode code, String provider, String sentences, String otherwise) {
        int end = sentences.indexOf(SENTENCE_END);
        if (end < 0) {
            problem(code, provider, sentences, otherwise);
        } else {
            problem(code, provider, sentences.substring(0, end + 1), sentences.substring(end + SENTENCE_END.length()));
        }
    }

    void note(FindingCode code, String provider, String note, String next) {
        notes.add(Finding.of(code, provider, note, next));
    }

    /** Adds what a mail provider reports about an identity provider. */
    void add(String provider, SetUpRemark remark) {
        (remark.problem() ? problems : notes)
                .add(new Finding(remark.code(), provider, remark.what(), remark.why(), remark.next()));
    }

    List<Finding> problems() {
        return List.copyOf(problems);
    }

    List<Finding> notes() {
        return List.copyOf(notes);
    }
}
