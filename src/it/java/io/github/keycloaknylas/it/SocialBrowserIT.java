package io.github.keycloaknylas.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.browser.Chromium;
import io.github.keycloaknylas.it.support.browser.Person;
import io.github.keycloaknylas.testkit.microsoft.Account;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The social provider, whose addresses are Microsoft's own, in a real browser. */
@FullBuildOnly("it starts a browser")
class SocialBrowserIT {

    @Test
    void aPersonSignsInUnderMicrosoftsOwnNameAndSeesTheGrant() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        Map<String, Integer> hosts = Map.of("login.microsoftonline.com", TestEnvironment.MICROSOFT.tlsPort());
        try (Chromium chromium = Chromium.orSkip("SocialBrowserIT", hosts);
                MicrosoftRealm realm = MicrosoftRealm.empty(TestEnvironment.keycloak());
                Person person = chromium.person("en")) {
            realm.add(MicrosoftRealm.social("microsoft"), Map.of());
            Account account = MicrosoftRealm.somebody();
            List<String> visited = new CopyOnWriteArrayList<>();
            person.page().onRequest(request -> visited.add(request.url()));

            person.open(URI.create(realm.keycloak().url() + "/account"));
            person.picture("social-1-keycloak");
            person.picture("docs-sign-in", "main");
            person.signInWithMicrosoft("microsoft", account);
            assertThat(person.find("#email")).hasValue(account.mail());
            String grantId = realm.awaitGrantId(realm.user(account).getId());
            person.page().reload();

            assertThat(person.find("#" + MicrosoftRealm.ATTRIBUTE)).hasValue(grantId);
            person.picture("social-2-account-console");
            assertThat(visited)
                    .anyMatch(url -> url.startsWith("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?"));
        }
    }
}
