package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final Mailbox ADA = new Mailbox("realm", "microsoft", "ada");

    @Test
    void accountsOfOneProviderShareALane() {
        assertThat(new Mailbox("realm", "microsoft", "eve").lane("key")).isEqualTo(ADA.lane("key"));
    }

    @Test
    void anotherRealmProviderOrSealKeyIsAnotherLane() {
        List<String> lanes = List.of(
                ADA.lane("key"),
                ADA.lane("KEY"),
                new Mailbox("realm", "Microsoft", "ada").lane("key"),
                new Mailbox("Realm", "microsoft", "ada").lane("key"));

        assertThat(lanes).doesNotHaveDuplicates();
    }

    @Test
    void aLaneSortsBehindTheStartOfTheSearch() {
        assertThat(ADA.lane("key")).hasSize(64).isGreaterThan(DueRows.FIRST);
    }

    @Test
    void namesDoNotRunTogether() {
        assertThat(Stream.of(new Mailbox("a", "bc", "d"), new Mailbox("ab", "c", "d"), new Mailbox("a", "b", "cd"))
                        .map(Mailbox::hash))
                .doesNotHaveDuplicates();
    }

    @Test
    void aMailboxWithoutAProviderBelongsToNone() {
        assertThat(new Mailbox("realm", null, null).providerHash()).isNull();
        assertThat(ADA.providerHash()).isEqualTo(new Mailbox("realm", "microsoft", "eve").providerHash());
    }
}
