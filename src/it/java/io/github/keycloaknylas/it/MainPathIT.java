package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody signs in with Microsoft, and has a grant. */
@Tag("main-path")
class MainPathIT {

    @Test
    void aFirstSignInThroughOidcEndsInAGrantOnTheUser() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(TestEnvironment.keycloak(), Map.of())) {
            Account account = MicrosoftRealm.somebody();

            Tokens tokens = realm.signIn("entra", account).tokens();

            assertThat(realm.awaitGrantId(tokens.userId())).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
        }
    }

    @Test
    void aFirstSignInThroughTheSocialProviderEndsInAGrantOnTheUser() {
        try (MicrosoftRealm realm = MicrosoftRealm.empty(TestEnvironment.keycloak())) {
            realm.add(MicrosoftRealm.social("microsoft"), Map.of());
            Account account = MicrosoftRealm.somebody();

            Tokens tokens = realm.signIn("microsoft", account).tokens();

            assertThat(realm.awaitGrantId(tokens.userId())).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
        }
    }

    @Test
    void aSecondSignInHandsNothingOver() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(TestEnvironment.keycloak(), Map.of())) {
            Account account = MicrosoftRealm.somebody();
            String userId = realm.signIn("entra", account).tokens().userId();
            String grantId = realm.awaitGrantId(userId);

            realm.signIn("entra", account).tokens();

            assertThat(MicrosoftRealm.handovers(account)).isEqualTo(1);
            assertThat(realm.grantId(userId)).contains(grantId);
        }
    }
}
