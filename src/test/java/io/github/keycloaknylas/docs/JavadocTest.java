package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one package offers to another, and what the server offers over HTTP, says what it is. */
class JavadocTest {

    @Test
    void everythingPublicHasAComment() throws IOException {
        assertThat(JavadocGaps.in(Path.of("src/main/java"))).isEmpty();
    }

    @Test
    void aGapIsFoundWhereverSomethingIsPublic(@TempDir Path sources) throws IOException {
        Files.writeString(sources.resolve("Sample.java"), """
                public interface Sample {
                    void offered();
                    /** Said. */
                    enum Colour { RED, /** As grass. */ GREEN }
                    /** Said. */
                    final class Resource implements Sample {
                        public static final int NUMBER = 1;
                        private int hidden;
                        public Resource() {}
                        @Override public void offered() {}
                        /** Said, but not what it answers. */
                        @GET public String get() { return ""; }
                    }
                    /**
                     * Said.
                     *
                     * @param first named
                     */
                    record Pair(int first, int second) { static final int NONE = 0; }
                }
                class Hidden { public void unseen() {} }
                """);

        assertThat(JavadocGaps.in(sources))
                .containsExactly(
                        "Sample.java: Sample has no comment",
                        "Sample.java: offered has no comment",
                        "Sample.java: RED has no comment",
                        "Sample.java: NUMBER has no comment",
                        "Sample.java: <init> has no comment",
                        "Sample.java: get does not say what it takes, what it answers and when it refuses",
                        "Sample.java: Pair does not name all its components");
    }
}
