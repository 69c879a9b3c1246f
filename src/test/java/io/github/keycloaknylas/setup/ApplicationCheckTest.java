package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.nylas.NylasApplication;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the API key belongs to an application that can be used, and to the one that was meant. */
class ApplicationCheckTest {

    private final Findings findings = new Findings();

    @Test
    void theApplicationThatWasMeantInItsRegionIsFine() {
        run("https://api.eu.nylas.com", "app-1", new NylasApplication("app-1", "eu", "production"));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void anApplicationThatNobodyNamedIsFine() {
        run("https://api.eu.nylas.com", null, new NylasApplication("app-1", null, null));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void anotherApplicationThanTheNamedOneIsAProblem() {
        run("https://api.eu.nylas.com", "app-2", new NylasApplication("app-1", "eu", "production"));
        assertThat(problems(findings)).containsExactly(FindingCode.APPLICATION_OTHER);
    }

    @Test
    void aSandboxCannotBeUsed() {
        run("https://api.us.nylas.com", null, new NylasApplication("app-1", "us", "Sandbox"));
        assertThat(problems(findings)).containsExactly(FindingCode.APPLICATION_SANDBOX);
    }

    @Test
    void theUrlOfAnotherRegionIsAProblem() {
        run("https://api.us.nylas.com", null, new NylasApplication("app-1", "EU", "production"));
        assertThat(problems(findings)).containsExactly(FindingCode.REGION_OTHER);
    }

    @Test
    void anOwnUrlSaysNothingAboutTheRegion() {
        run("https://nylas-proxy.example", null, new NylasApplication("app-1", "eu", "production"));
        assertThat(findings.problems()).isEmpty();
    }

    private void run(String url, String named, NylasApplication application) {
        ConnectionSettings connection = new ConnectionSettings(
                "default", URI.create(url), "option:x", Optional.ofNullable(named), Optional.empty());
        ApplicationCheck.run("microsoft", new Microsoft(), connection, application, findings);
    }
}
