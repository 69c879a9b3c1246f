package io.github.keycloaknylas.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Compares the Entra tenant that people sign in at with the one that Nylas refreshes at. */
final class MicrosoftTenants {

    private static final Set<String> ANY = Set.of("common", "organizations", "consumers");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String UNSURE = "connector_tenant_unsure";
    private static final String WHY =
            "A tenant redeems only refresh tokens of its own users: those of others get no grant.";
    private static final String NEXT =
            "Use the same tenant in the identity provider and in Nylas' Microsoft connector.";

    private MicrosoftTenants() {}

    static Optional<SetUpRemark> compare(String ofProvider, String ofConnector) {
        String provider = ofProvider.strip().toLowerCase(Locale.ROOT);
        String connector = ofConnector.strip().toLowerCase(Locale.ROOT);
        if (provider.equals(connector)) {
            return Optional.empty();
        }
        if (ANY.contains(connector)) {
            return Optional.of(SetUpRemark.note(
                    UNSURE,
                    "People sign in at the tenant '" + provider + "' and Nylas refreshes at '" + connector
                            + "'. That works only if the Entra application is open to both.",
                    WHY,
                    NEXT));
        }
        if (!ANY.contains(provider) && isId(provider) != isId(connector)) {
            return Optional.of(SetUpRemark.note(
                    UNSURE,
                    "The tenants '" + provider + "' of the provider and '" + connector
                            + "' of Nylas' Microsoft connector"
                            + " are written differently. It cannot be determined whether they are the same.",
                    WHY,
                    NEXT));
        }
        return Optional.of(SetUpRemark.problem(
                "connector_tenant_other",
                "People sign in at the tenant '" + provider + "', but Nylas refreshes at '" + connector
                        + "', which serves only its own users.",
                WHY,
                NEXT));
    }

    private static boolean isId(String tenant) {
        return ID.matcher(tenant).matches();
    }
}
