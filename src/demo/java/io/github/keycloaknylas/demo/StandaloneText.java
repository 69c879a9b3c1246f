package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;

/** The addresses and credentials of fakes that run without the demo's Keycloak. */
final class StandaloneText {

    private static final String TEXT = """
            Fake Microsoft
              discovery      %s
              client ID      %s
              client secret  %s
            Fake Nylas
              API URL        %s
              API key        %s
            Ctrl+C stops both.""";

    private StandaloneText() {}

    static String of(Fakes fakes) {
        return TEXT.formatted(
                fakes.microsoft().urls().forTenant(Account.CONTOSO).discoveryUrl(),
                App.DEFAULT.clientId(),
                App.DEFAULT.clientSecret(),
                fakes.nylas().uri(),
                Fakes.API_KEY);
    }
}
