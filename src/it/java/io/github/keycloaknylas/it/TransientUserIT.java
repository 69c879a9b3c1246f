package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SearchableEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user whom Keycloak does not store has no account to put a grant on. */
@FullBuildOnly("it starts a server with a feature that is off by default")
class TransientUserIT {

    @ParameterizedTest
    @EnumSource
    void aTransientUserSignsInAndHandsOverNothing(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(
                SearchableEnvironment.keycloak(), kind.provider().with("doNotStoreUsers", "true"))) {
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();

            assertThat(SearchableEnvironment.number("select count(*) from user_entity where id = ?", userId))
                    .isZero();
            assertThat(SearchableEnvironment.number(
                            "select count(*) from nylas_capture where realm_id = ?",
                            scenario.keycloak().admin().toRepresentation().getId()))
                    .isZero();
            scenario.assertNothingHandedOver(account);
        }
    }
}
