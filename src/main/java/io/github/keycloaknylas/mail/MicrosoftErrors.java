package io.github.keycloaknylas.mail;

import io.github.keycloaknylas.nylas.ErrorMeaning;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The error codes of Entra (Microsoft: "Entra error codes"). */
final class MicrosoftErrors {

    private static final Pattern CODE = Pattern.compile("AADSTS\\d{4,9}\\b");
    /** Wrong secret, expired secret, application unknown in the tenant. */
    private static final Set<String> CLIENT = Set.of("AADSTS7000215", "AADSTS7000222", "AADSTS700016");
    /** Returned as {@code invalid_grant}, but a new sign-in does not help while the connector asks for wider scopes. */
    private static final Set<String> CONSENT = Set.of("AADSTS65001");
    /** Revoked, expired, too old for the sign-in frequency, or a second factor is due. */
    private static final Set<String> TOKEN = Set.of(
            "AADSTS50173",
            "AADSTS70008",
            "AADSTS70043",
            "AADSTS700082",
            "AADSTS700084",
            "AADSTS50076",
            "AADSTS50078",
            "AADSTS50079");

    private MicrosoftErrors() {}

    static List<String> codes(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).toList();
    }

    static Optional<ErrorMeaning> meaning(String code) {
        if (CLIENT.contains(code)) {
            return Optional.of(ErrorMeaning.CLIENT_REFUSED);
        }
        if (CONSENT.contains(code)) {
            return Optional.of(ErrorMeaning.CONSENT_MISSING);
        }
        return TOKEN.contains(code) ? Optional.of(ErrorMeaning.TOKEN_REFUSED) : Optional.empty();
    }

    static String hint(ErrorMeaning meaning) {
        return switch (meaning) {
            case TOKEN_REFUSED ->
                "Microsoft refused the refresh token: the user has to sign in with Microsoft again. If most users are"
                        + " refused, the client ID of the identity provider is most likely not the one in the Nylas"
                        + " connector or credential";
            case CLIENT_REFUSED ->
                "Microsoft refused the Entra application that Nylas presented: compare client ID and client secret (its"
                        + " value, not its ID; not expired) of the Nylas connector or credential with the identity"
                        + " provider's";
            case CONSENT_MISSING ->
                "Microsoft has no consent for a scope that Nylas requested: remove from the Nylas connector every scope"
                        + " that the identity provider does not request, or grant admin consent in Entra";
        };
    }
}
