package io.github.keycloaknylas.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;

/**
 * A token response that Keycloak has stored with a link while <em>Store tokens</em> was on, read as the mapper reads
 * that of a sign-in.
 */
public final class StoredResponse {

    /** Why there is nothing in it to hand over. */
    public enum Problem {
        /** It is not JSON, for instance because another extension has encrypted it. */
        UNREADABLE,
        /** It has no refresh token, or an impossible one. */
        NO_REFRESH_TOKEN,
        /** It names the granted scopes, and one that the mapper requires is missing. */
        SCOPES_MISSING,
        /** Nothing but an address says whose mailbox it is. */
        NOT_IDENTIFIED
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID_TOKEN = "id_token";

    private final Problem problem;
    private final String refreshToken;
    private final ExpectedIdentity identity;

    private StoredResponse(Problem problem, String refreshToken, ExpectedIdentity identity) {
        this.problem = problem;
        this.refreshToken = refreshToken;
        this.identity = identity;
    }

    /**
     * Reads a stored response.
     *
     * @param broker the identity provider of the link
     * @param provider its mail provider
     * @param settings of its mapper
     * @param subject the broker's user ID in the link
     * @param text as it is stored
     */
    public static StoredResponse read(
            IdentityProviderModel broker, MailProvider provider, MapperSettings settings, String subject, String text) {
        JsonNode json = json(text);
        if (!json.isObject()) {
            return unusable(Problem.UNREADABLE);
        }
        BrokeredIdentityContext context = new BrokeredIdentityContext(subject, broker);
        context.setToken(text);
        // Keycloak stored it after the sign-in that it belongs to had been validated.
        idToken(json).ifPresent(token -> context.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, token));
        TokenResponse response = TokenResponse.of(context);
        Optional<String> token = response.refreshToken().filter(found -> found.length() <= CaptureOpener.LONGEST_TOKEN);
        if (token.isEmpty()) {
            return unusable(Problem.NO_REFRESH_TOKEN);
        }
        if (!TokenResponseCheck.missingScopes(settings, response, provider).isEmpty()) {
            return unusable(Problem.SCOPES_MISSING);
        }
        return provider.storedIdentity(context)
                .map(person -> new StoredResponse(null, token.get(), person))
                .orElseGet(() -> unusable(Problem.NOT_IDENTIFIED));
    }

    private static StoredResponse unusable(Problem problem) {
        return new StoredResponse(problem, null, null);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static Optional<JsonWebToken> idToken(JsonNode response) {
        try {
            String text = response.path(ID_TOKEN).asText();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new JWSInput(text).readJsonContent(JsonWebToken.class));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }

    /** Returns why it cannot be handed over; empty if it can. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns whose mailbox it is; null if there is a {@link #problem}. */
    public ExpectedIdentity identity() {
        return identity;
    }

    /**
     * Seals the refresh token as a sign-in does.
     *
     * @param session bound to the mailbox's realm
     * @param foundAt time that the token is to carry, in milliseconds since the epoch
     * @throws SealException if there is no key to seal with; the message names the next step
     */
    public SealedToken seal(KeycloakSession session, Mailbox mailbox, long foundAt) {
        return Seal.seal(session, mailbox, refreshToken, foundAt);
    }

    @Override
    public String toString() {
        return "StoredResponse[" + (problem == null ? "usable" : problem) + "]";
    }
}
