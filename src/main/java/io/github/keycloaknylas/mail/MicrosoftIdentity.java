package io.github.keycloaknylas.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.JsonWebToken;

/**
 * Reads who signed in, from the ID token or from Graph's {@code /me}. The {@code sub} of an Entra ID token is not a
 * Graph ID: it differs from application to application.
 */
final class MicrosoftIdentity {

    private static final int LONGEST = 500;
    private static final String PERSONAL = "00000000-0000-0000-";
    private static final Pattern GRAPH_ID =
            Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}");

    private MicrosoftIdentity() {}

    static ExpectedIdentity read(BrokeredIdentityContext context) {
        Object token = context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN);
        Object info = context.getContextData().get(OIDCIdentityProvider.USER_INFO);
        JsonNode person = info instanceof JsonNode node ? node : null;
        return new ExpectedIdentity(
                first(claim(token, "oid"), isGraph(person) ? text(person, "id") : null),
                claim(token, "tid"),
                first(text(person, "mail"), claim(token, "email"), text(person, "email"), bounded(context.getEmail())),
                first(text(person, "userPrincipalName"), claim(token, "upn")),
                first(claim(token, "preferred_username"), text(person, "preferred_username")));
    }

    /**
     * The social provider takes its subject from Graph's {@code /me}, so it names the person where the stored response
     * does not, unless another mapper has set it.
     */
    static Optional<ExpectedIdentity> stored(BrokeredIdentityContext context) {
        ExpectedIdentity read = read(context);
        if (read.id() != null) {
            return Optional.of(read);
        }
        return Optional.ofNullable(context.getId())
                .filter(subject -> Microsoft.isSocial(context.getIdpConfig()))
                .filter(subject -> GRAPH_ID.matcher(subject).matches())
                .map(subject -> new ExpectedIdentity(
                        subject, read.tenantId(), read.mail(), read.signInName(), read.preferredUsername()));
    }

    // Graph shows a personal account's ID as 16 digits, its ID tokens as a GUID that begins with zeros.
    static String comparableId(String id) {
        String folded = id.toLowerCase(Locale.ROOT);
        return folded.startsWith(PERSONAL) ? folded.substring(PERSONAL.length()).replace("-", "") : folded;
    }

    private static boolean isGraph(JsonNode person) {
        return person != null && person.has("userPrincipalName");
    }

    private static String claim(Object token, String name) {
        Object value = token instanceof JsonWebToken jwt ? jwt.getOtherClaims().get(name) : null;
        return value instanceof String text ? bounded(text) : null;
    }

    private static String text(JsonNode person, String name) {
        return person == null ? null : bounded(person.path(name).textValue());
    }

    // No real address or ID is that long, so a longer one cannot match any response of Nylas.
    private static String bounded(String text) {
        return text == null || text.isBlank() || text.length() > LONGEST ? null : text;
    }

    private static String first(String... candidates) {
        return Stream.of(candidates).filter(Objects::nonNull).findFirst().orElse(null);
    }
}
