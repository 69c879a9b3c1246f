package io.github.keycloaknylas.it;

import io.github.keycloaknylas.it.support.DatabaseEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.microsoft.Account;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of a grant is the same on every database. {@link RestartIT} has what outlives a server. */
@ParameterizedClass(name = "on {0}")
@EnumSource
class DatabasesIT {

    private final DatabaseEnvironment environment;

    DatabasesIT(DatabaseEnvironment environment) {
        this.environment = environment;
    }

    @ParameterizedTest
    @EnumSource
    void theFirstSignInGivesAGrantAndTheSecondHandsNothingOver(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(environment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertOneGrant(userId, account);
            scenario.signIn(account).tokens();

            scenario.assertOneGrant(userId, account);
        }
    }
}
