package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code KcadmIT} takes from a page. */
class DocumentedCommandsTest {

    private static final String PAGE = """
            Text about kcadm.sh get nothing.

            ```sh
            kc.sh build
            ```

            ```json
            { "kcadm.sh ": "no shell" }
            ```

            ```sh
            kcadm.sh create realms \\
              -s realm=<realm>
            ```

            1. A step:

               ```sh
               kcadm.sh get users
               ```
            """;

    @Test
    void theShellBlocksThatCallKcadmAreTakenInOrderAndWithoutIndentation() {
        assertThat(DocumentedCommands.of(PAGE).blocks())
                .containsExactly("kcadm.sh create realms \\\n  -s realm=<realm>\n", "kcadm.sh get users\n");
    }

    @Test
    void aPlaceholderIsReplacedByItsValueAsItIs() {
        assertThat(DocumentedCommands.fill("-s 'secret=<client-secret>' -r acme", Map.of("<client-secret>", "a$1\\b")))
                .isEqualTo("-s 'secret=a$1\\b' -r acme");
    }

    @Test
    void aPlaceholderWithoutAValueIsAFailureThatNamesIt() {
        assertThatThrownBy(() -> DocumentedCommands.fill("kcadm.sh get <new-thing>", Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<new-thing>");
    }
}
