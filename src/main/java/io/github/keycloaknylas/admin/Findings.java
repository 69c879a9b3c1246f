package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.mail.SetUpRemark;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks find. */
final class Findings {

    private static final String SENTENCE_END = ". ";

    private final List<Entry> problems = new ArrayList<>();
    private final List<Entry> notes = new ArrayList<>();

    void problem(Code code, String provider, String problem, String next) {
        problems.add(new Entry(code.json(), provider, problem, next));
    }

    /**
     * A problem in the words of another package, whose first sentence says what is wrong and whose others what to do.
     *
     * @param otherwise what to do if there is but one sentence
     */
    void problemFrom(Code code, String provider, String sentences, String otherwise) {
        int end = sentences.indexOf(SENTENCE_END);
        if (end < 0) {
            problem(code, provider, sentences, otherwise);
        } else {
            problem(code, provider, sentences.substring(0, end + 1), sentences.substring(end + SENTENCE_END.length()));
        }
    }

    void note(Code code, String provider, String note, String next) {
        notes.add(new Entry(code.json(), provider, note, next));
    }

    /** What a mail provider remarks on an identity provider. */
    void add(String provider, SetUpRemark remark) {
        (remark.problem() ? problems : notes).add(new Entry(remark.code(), provider, remark.what(), remark.next()));
    }

    List<Entry> problems() {
        return List.copyOf(problems);
    }

    List<Entry> notes() {
        return List.copyOf(notes);
    }
}
