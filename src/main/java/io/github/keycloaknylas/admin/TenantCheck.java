package io.github.keycloaknylas.admin;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether people sign in at the Entra tenant that Nylas refreshes at. */
final class TenantCheck {

    private static final Set<String> ANY = Set.of("common", "organizations", "consumers");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private TenantCheck() {}

    static void run(String alias, String ofProvider, String ofConnector, Findings findings) {
        String provider = ofProvider.strip().toLowerCase(Locale.ROOT);
        String connector = ofConnector.strip().toLowerCase(Locale.ROOT);
        if (provider.equals(connector)) {
            return;
        }
        String next = "Use the same tenant in the identity provider and in Nylas' Microsoft connector.";
        if (ANY.contains(connector)) {
            findings.note(
                    Code.CONNECTOR_TENANT_UNSURE,
                    alias,
                    "People sign in at the tenant '" + provider + "' and Nylas refreshes at '" + connector
                            + "'. That works only if the Entra application is open to both.",
                    next);
        } else if (!ANY.contains(provider) && isId(provider) != isId(connector)) {
            findings.note(
                    Code.CONNECTOR_TENANT_UNSURE,
                    alias,
                    "The tenants '" + provider + "' of the provider and '" + connector
                            + "' of Nylas' Microsoft connector"
                            + " are written differently. It cannot be told whether they are the same.",
                    next);
        } else {
            findings.problem(
                    Code.CONNECTOR_TENANT_OTHER,
                    alias,
                    "People sign in at the tenant '" + provider + "', but Nylas refreshes at '" + connector
                            + "', which knows its own people only.",
                    next);
        }
    }

    private static boolean isId(String tenant) {
        return ID.matcher(tenant).matches();
    }
}
