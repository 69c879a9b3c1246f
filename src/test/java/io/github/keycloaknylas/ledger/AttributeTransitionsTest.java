package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes the user's attribute due, and what settles it. */
final class AttributeTransitionsTest extends TransitionsTestBase {

    @Test
    void anAttributeThatCouldNotBeWrittenIsTriedLaterAndCounted() {
        connected();
        Transitions.attributeDue(row, 50);

        Transitions.attributePostponed(row, 100);
        Transitions.attributePostponed(row, 200);

        assertThat(row.isAttributeDue()).isTrue();
        assertThat(row.attributeAttempts()).isEqualTo(2);
        assertThat(row.attribute.at).isEqualTo(200);
    }

    @Test
    void aChangeOfTheGrantDoesNotWaitForTheBackoffOfTheAttribute() {
        connected();
        Transitions.attributeDue(row, 50);
        Transitions.attributePostponed(row, 9_000);
        merged(60);

        Transitions.connected(row, grant("grant-2"), 60, 70);

        assertThat(row.attribute.at).isEqualTo(70);
        assertThat(row.attributeAttempts()).isZero();
    }

    @Test
    void aLookThatFindsADifferenceLeavesABackoffAsItIs() {
        connected();
        Transitions.attributeDue(row, 50);
        Transitions.attributePostponed(row, 9_000);

        Transitions.attributeDue(row, 60);

        assertThat(row.attribute.at).isEqualTo(9_000);
    }

    @Test
    void aWrittenAttributeIsRememberedSoThatItCanBeTakenBack() {
        Transitions.attributeDue(row, 50);

        Transitions.attributeWritten(row, "ada", "nylas_grant_id", "grant-1");

        assertThat(row.isAttributeDue()).isFalse();
        assertThat(row.writtenAttribute()).contains(new WrittenAttribute("ada", "nylas_grant_id", "grant-1"));
    }

    @Test
    void anAttributeThatShowsNothingIsNotRemembered() {
        connected();

        Transitions.attributeWritten(row, "ada", null, null);

        assertThat(row.writtenAttribute()).isEmpty();
    }

    @Test
    void aStatusWithoutAGrantIdIsRememberedToo() {
        in(GrantState.HELD);

        Transitions.attributeWritten(row, "ada", "nylas_grant_id", null);

        assertThat(row.writtenAttribute()).contains(new WrittenAttribute("ada", "nylas_grant_id", null));
    }

    @ParameterizedTest
    @CsvSource({"CONNECTED, connected", "RECONNECT, reconnect", "HELD, held"})
    void theStatusNamesTheState(GrantState state, String status) {
        in(state);

        assertThat(row.shownStatus().map(ShownStatus::text)).contains(status);
        assertThat(ShownStatus.of(status)).isEqualTo(row.shownStatus());
    }

    @Test
    void withoutAGrantThereIsNoStatusAndNoWordForIt() {
        in(GrantState.ABSENT);

        assertThat(row.shownStatus()).isEmpty();
        assertThat(ShownStatus.of("absent")).isEmpty();
        assertThat(ShownStatus.of(null)).isEmpty();
    }

    @Test
    void aMissingLinkIsDatedByTheFirstLookThatMissesIt() {
        Transitions.linkSeen(row, false, 60);
        Transitions.linkSeen(row, false, 70);
        assertThat(row.linkGoneAt()).contains(60L);

        Transitions.linkSeen(row, true, 80);

        assertThat(row.linkGoneAt()).isEmpty();
    }

    @Test
    void aRenamedProviderTakesTheWaitingTokenAlong() {
        merged(10);

        Transitions.renamed(row, "azure", row.waitingToken(), 20);

        Mailbox mailbox = new Mailbox("realm", "azure", "subject");
        assertThat(row.mailbox()).isEqualTo(mailbox);
        assertThat(row.handover.lane).isEqualTo(mailbox.lane("server:default"));
        assertThat(row.isAttributeDue()).isTrue();
    }

    @Test
    void aRenamedProviderMakesNoRowDueThatHasNoToken() {
        connected();

        Transitions.renamed(row, "azure", row.waitingToken(), 20);

        assertThat(row.handover.lane).isNull();
        assertThat(row.shownGrant()).contains(grant("grant-1"));
    }

    @Test
    void aRowWithoutAnythingLeftIsEmptyOnceItsAttributeIsWritten() {
        connected();
        Transitions.withoutGrant(row, 60);
        assertThat(row.isEmpty()).isFalse();

        Transitions.attributeWritten(row, "ada", null, null);

        assertThat(row.isEmpty()).isTrue();
    }
}
