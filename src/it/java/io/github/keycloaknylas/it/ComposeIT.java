package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.demo.DemoPorts;
import io.github.keycloaknylas.it.support.Compose;
import io.github.keycloaknylas.it.support.ContainerOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.signin.MicrosoftPage;
import io.github.keycloaknylas.testkit.signin.Page;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Compose file in docker/ brings up a demo in which a person gets a grant. */
@ContainerOnly
class ComposeIT {

    private static final Duration UNTIL_UP = Duration.ofMinutes(Integer.getInteger("keycloak.patience", 6));

    private final DemoPorts ports = DemoPorts.free();
    private final URI app = URI.create("http://localhost:" + ports.app() + "/");
    private final UserAgent browser = new UserAgent();

    @Test
    void aPersonSignsInWithTheFakeMicrosoftAndTheTokenShowsTheGrant() {
        try (Compose compose = Compose.with(environment())) {
            compose.up();
            Page login = await().atMost(UNTIL_UP)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> browser.open(app.resolve("/sign-in")), page -> page.has("#social-microsoft-fake"));

            Page signedIn = MicrosoftPage.choose(DefaultAccounts.ADA.id()).apply(login.click("#social-microsoft-fake"));

            assertThat(signedIn.text("#name")).isEqualTo("Ada Lovelace");
            Page withGrant =
                    await().atMost(MicrosoftRealm.SOON).until(() -> browser.open(app), page -> page.has("#grant-id"));
            String grantId = withGrant.text("#grant-id");
            assertThat(withGrant.text("#claims")).contains("\"nylas_grant_id\" : \"" + grantId + "\"");
            assertThat(browser.open(URI.create("http://localhost:" + ports.nylas() + "/"))
                            .html()
                            .text())
                    .contains(grantId, DefaultAccounts.ADA.mail());
            assertThat(compose.log()).contains("Profile prod activated");
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "APP_PORT", Integer.toString(ports.app()),
                "KEYCLOAK_PORT", Integer.toString(ports.keycloak()),
                "MICROSOFT_PORT", Integer.toString(ports.microsoft()),
                "NYLAS_PORT", Integer.toString(ports.nylas()));
    }
}
