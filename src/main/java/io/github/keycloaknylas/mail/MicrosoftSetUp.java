package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.IdentityProviderModel;

/**
 * Checks what an identity provider needs to get refresh tokens from Microsoft. {@code openid} is not checked: Keycloak
 * adds it by itself wherever it is needed (OIDCIdentityProvider).
 */
final class MicrosoftSetUp {

    private static final String OFFLINE_ACCESS = "offline_access";
    private static final Set<String> USER_READ = Set.of("User.Read");
    private static final Pattern TOKEN_URL = Pattern.compile("https://login\\.microsoftonline\\.com/([^/]+)/.*");

    private MicrosoftSetUp() {}

    static List<SetUpRemark> scopes(IdentityProviderModel broker, Set<String> requested) {
        boolean social = Microsoft.isSocial(broker);
        List<SetUpRemark> remarks = new ArrayList<>();
        if (requested.stream().noneMatch(OFFLINE_ACCESS::equalsIgnoreCase)) {
            remarks.add(SetUpRemark.problem(
                    "offline_access_missing",
                    "The provider does not ask for offline_access, so Microsoft sends no refresh token.",
                    "Without a refresh token there is nothing to hand over, so no user gets a grant.",
                    "Add offline_access to the 'Scopes' (defaultScope) of the provider"
                            + (social ? ", besides User.Read and the mail scopes." : ", besides the mail scopes.")));
        }
        if (social && !new MicrosoftScopes().missing(requested, USER_READ).isEmpty()) {
            remarks.add(SetUpRemark.problem(
                    "user_read_missing",
                    "The 'Scopes' (defaultScope) do not repeat User.Read, without which Keycloak cannot read the"
                            + " person's profile and the sign-in fails.",
                    "These scopes replace Keycloak's own, and no user can sign in without the profile.",
                    "Add User.Read to the 'Scopes' (defaultScope) of the provider."));
        }
        return remarks;
    }

    static List<SetUpRemark> tenants(IdentityProviderModel broker, NylasConnector connector) {
        return Optional.ofNullable(connector.tenant())
                .flatMap(refreshes -> tenant(broker).flatMap(signsIn -> MicrosoftTenants.compare(signsIn, refreshes)))
                .stream()
                .toList();
    }

    /** Returns the tenant that people sign in at, if it can be determined. */
    static Optional<String> tenant(IdentityProviderModel broker) {
        if (Microsoft.isSocial(broker)) {
            return Optional.of(BrokerConfig.text(broker, "tenantId").orElse("common"));
        }
        return BrokerConfig.text(broker, "tokenUrl")
                .map(TOKEN_URL::matcher)
                .filter(Matcher::matches)
                .map(url -> url.group(1));
    }
}
