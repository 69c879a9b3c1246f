package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import org.junit.jupiter.api.Test;

/** A capture waits for its own login, while that may still complete. */
class CaptureEntityTest {

    private final CaptureEntity row = new CaptureEntity(
            new Mailbox("realm", "microsoft", "ada"),
            "login",
            new SealedToken("sealed", "server:k", 1),
            new ExpectedIdentity(null, null, null, null, null),
            100);

    @Test
    void itWaitsForItsOwnLoginUntilThatIsTooOld() {
        assertThat(row.awaits("realm", "login", 99)).isTrue();
        assertThat(row.awaits("realm", "login", 100)).isFalse();
        assertThat(row.awaits("realm", "another", 99)).isFalse();
        assertThat(row.awaits("another", "login", 99)).isFalse();
    }

    @Test
    void onceCompletedOrSpentItWaitsForNothing() {
        row.complete("ada", 50);
        assertThat(row.awaits("realm", "login", 99)).isFalse();

        row.spend();
        assertThat(row.isSpent()).isTrue();
        assertThat(row.awaits("realm", "login", 99)).isFalse();
    }
}
