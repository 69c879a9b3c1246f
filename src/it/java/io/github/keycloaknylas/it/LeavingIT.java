package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SharedServers;
import io.github.keycloaknylas.it.support.UsesServers;
import io.github.keycloaknylas.it.support.Where;
import io.github.keycloaknylas.testkit.microsoft.Account;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever leaves takes the grant along, once the grace is over; the tests put the clock of a row forward. */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
@UsesServers({SharedServers.POSTGRES, SharedServers.MARIADB})
class LeavingIT {

    private static final Duration GRACE = Duration.ofHours(24);

    private final Where where;

    LeavingIT(Where where) {
        this.where = where;
    }

    @Test
    void theGrantOfAnUnlinkedAccountIsDeletedAfterTheGrace() {
        try (Scenario scenario = Scenario.capturing(where.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.signIn(account).tokens().userId();
            scenario.microsoft().awaitGrantId(userId);

            scenario.keycloak().user(userId).removeFederatedIdentity(scenario.alias());

            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> scenario.microsoft().grantId(userId).isEmpty());
            assertThat(MicrosoftRealm.grantAtNylas(account)).isPresent();
            goesWhenTheGraceIsOver(userId, account);
        }
    }

    @Test
    void theGrantOfARemovedUserIsDeletedAfterTheGrace() {
        try (Scenario scenario = Scenario.capturing(where.keycloak(), ProviderKind.SOCIAL.provider())) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.signIn(account).tokens().userId();
            scenario.microsoft().awaitGrantId(userId);

            scenario.keycloak().user(userId).remove();

            goesWhenTheGraceIsOver(userId, account);
        }
    }

    private void goesWhenTheGraceIsOver(String userId, Account account) {
        String row = "from NYLAS_GRANT where USER_ID = '" + userId + "'";
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> where.tables().query("select GRANT_STATE " + row), List.of("LEAVING")::equals);
        where.tables()
                .execute("update NYLAS_GRANT set LEAVING_SINCE = LEAVING_SINCE - " + GRACE.toMillis()
                        + " where USER_ID = '" + userId + "'");

        await().atMost(MicrosoftRealm.SOON)
                .until(() -> MicrosoftRealm.grantAtNylas(account).isEmpty());
        await().atMost(MicrosoftRealm.SOON).until(() -> where.tables().query("select ID " + row), List::isEmpty);
    }
}
