package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.Region;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.nylas.NylasApplication;
import java.util.Arrays;

/** Checks that the API key belongs to a usable application, and to the intended one. */
final class ApplicationCheck {

    private ApplicationCheck() {}

    static void run(
            String alias,
            MailProvider mail,
            ConnectionSettings connection,
            NylasApplication application,
            Findings findings) {
        if (!connection.application().map(application.id()::equalsIgnoreCase).orElse(true)) {
            findings.problem(
                    FindingCode.APPLICATION_OTHER,
                    alias,
                    "The API key belongs to the Nylas application " + application.id() + ", while application-id of the"
                            + " connection '" + connection.name() + "' names another.",
                    "Correct the server option spi-nylas-connection--" + connection.name()
                            + "--application-id, or use an API key of the application that was meant, and restart.");
        }
        if ("sandbox".equalsIgnoreCase(application.environment())) {
            findings.problem(
                    FindingCode.APPLICATION_SANDBOX,
                    alias,
                    "The API key belongs to a Sandbox application, whose " + mail.displayName()
                            + " connector is Nylas' own.",
                    NextStep.nylas("create an application that is not a Sandbox, with a connector for your "
                            + mail.words().application() + ", and use its API key."));
        }
        if (isOfOtherRegion(connection, application.region())) {
            findings.problem(
                    FindingCode.REGION_OTHER,
                    alias,
                    "The application is in the region '" + application.region() + "', which is not that of the API URL "
                            + connection.apiUrl() + ".",
                    "Set the server option spi-nylas-connection--" + connection.name()
                            + "--region to that of the application, and restart.");
        }
    }

    // A custom URL, such as that of a proxy, gives no indication of the region.
    private static boolean isOfOtherRegion(ConnectionSettings connection, String region) {
        return region != null
                && Arrays.stream(Region.values())
                        .filter(known -> known.apiUrl().equals(connection.apiUrl()))
                        .anyMatch(known -> !known.name().equalsIgnoreCase(region));
    }
}
