package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DatabaseEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.microsoft.Account;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The grant of an account that was unlinked or removed is deleted after the grace; the tests move the time of a row.
 */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
class GrantDeletionIT {

    private static final Duration GRACE = Duration.ofHours(24);

    private final DatabaseEnvironment environment;

    GrantDeletionIT(DatabaseEnvironment environment) {
        this.environment = environment;
    }

    @Test
    void theGrantOfAnUnlinkedAccountIsDeletedAfterTheGrace() {
        try (Scenario scenario = Scenario.capturing(environment.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.signIn(account).tokens().userId();
            scenario.microsoft().awaitGrantId(userId);

            scenario.keycloak().user(userId).removeFederatedIdentity(scenario.alias());

            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> scenario.microsoft().grantId(userId).isEmpty());
            assertThat(MicrosoftRealm.grantAtNylas(account)).isPresent();
            isDeletedAfterTheGrace(userId, account);
        }
    }

    @Test
    void theGrantOfARemovedUserIsDeletedAfterTheGrace() {
        try (Scenario scenario = Scenario.capturing(environment.keycloak(), ProviderKind.SOCIAL.provider())) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.signIn(account).tokens().userId();
            scenario.microsoft().awaitGrantId(userId);

            scenario.keycloak().user(userId).remove();

            isDeletedAfterTheGrace(userId, account);
        }
    }

    private void isDeletedAfterTheGrace(String userId, Account account) {
        String queued = "NYLAS_DELETION where USER_ID = '" + userId + "' and DONE_AT is ";
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> environment.tables().count(queued + "null"), count -> count == 1);
        await().atMost(MicrosoftRealm.SOON)
                .until(
                        () -> environment.tables().count("NYLAS_GRANT where USER_ID = '" + userId + "'"),
                        count -> count == 0);
        assertThat(MicrosoftRealm.grantAtNylas(account)).isPresent();
        environment
                .tables()
                .execute("update NYLAS_DELETION set NEXT_AT = NEXT_AT - " + GRACE.toMillis() + " where USER_ID = '"
                        + userId + "'");

        await().atMost(MicrosoftRealm.SOON)
                .until(() -> MicrosoftRealm.grantAtNylas(account).isEmpty());
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> environment.tables().count(queued + "not null"), count -> count == 1);
    }
}
