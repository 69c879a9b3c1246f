package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.setup.RefusedCallException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body of the call that starts a backfill. */
class BackfillRequestTest {

    private static BackfillRequest read(String body) throws RefusedCallException {
        return BackfillRequest.read(body.replace('\'', '"'));
    }

    @Test
    void allMembersAreRead() throws RefusedCallException {
        assertThat(read("{'provider':'entra','dryRun':true,'rate':50}"))
                .isEqualTo(new BackfillRequest("entra", true, 50));
    }

    @Test
    void withoutARateItIsFivePerSecond() throws RefusedCallException {
        assertThat(read("{'provider':'entra','dryRun':false}")).isEqualTo(new BackfillRequest("entra", false, 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                             | The body is JSON
            []                                            | The body is JSON
            null                                          | The body is JSON
            {'dryRun':true}                               | 'provider'
            {'provider':' ','dryRun':true}                | 'provider'
            {'provider':7,'dryRun':true}                  | 'provider'
            {'provider':'entra'}                          | 'dryRun'
            {'provider':'entra','dryRun':'true'}          | 'dryRun'
            {'provider':'entra','dryRun':true,'rate':0}   | from 1 to 50
            {'provider':'entra','dryRun':true,'rate':51}  | from 1 to 50
            {'provider':'entra','dryRun':true,'rate':1.5} | from 1 to 50
            {'provider':'entra','dryRun':true,'rate':'5'} | from 1 to 50
            {'provider':'entra','dryRun':true,'speed':5}  | 'speed' is not known
            """)
    void anythingElseIsAnsweredWithWhatIsWrong(String body, String sentence) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        RefusedCallException.class,
                        refused -> assertThat(refused.response().getStatus()).isEqualTo(400))
                .hasMessageContaining(sentence);
    }

    @Test
    void aMissingBodyIsRefusedAsWell() {
        assertThat(Stream.of(null, ""))
                .allSatisfy(body ->
                        assertThatThrownBy(() -> BackfillRequest.read(body)).isInstanceOf(RefusedCallException.class));
    }
}
