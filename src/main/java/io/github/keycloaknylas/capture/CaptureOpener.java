package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Inspects one broker response and opens a capture if its token may be needed. */
final class CaptureOpener {

    static final int LONGEST_TOKEN = 64 * 1024;
    private static final String TRANSIENT_USERS = "doNotStoreUsers";
    private static final String SEEN = "nylas.seen.";

    private final TableProbe tables;
    private final MailProviders providers;
    private final InstantSource clock;
    private final LoginGuard guard;
    private final CaptureWriter writer;

    CaptureOpener(TableProbe tables, MailProviders providers, InstantSource clock, LoginGuard guard) {
        this.tables = tables;
        this.providers = providers;
        this.clock = clock;
        this.guard = guard;
        this.writer = new CaptureWriter(tables, clock, guard);
    }

    void attempt(KeycloakSession session, RealmModel realm, MapperSettings settings, BrokeredIdentityContext context) {
        if (!isOfLogin(context)
                || !isFirst(session, realm, context)
                || !settings.audience()
                        .admitsClient(
                                context.getAuthenticationSession().getClient().getClientId())) {
            return;
        }
        MailProvider provider = providers.of(context.getIdpConfig());
        TokenResponse response = TokenResponse.of(context);
        if (response.seen() && response.refreshToken().isEmpty() && !provider.expectsRefreshToken(context)) {
            return;
        }
        Optional<String> problem =
                TokenResponseCheck.problem(settings, response, provider).or(() -> tooLong(response, provider));
        if (problem.isPresent()) {
            Meters.captureRefused();
            guard.warn(realm, context, problem.get());
        } else if (tables.usable(session)) {
            open(
                    session,
                    realm,
                    settings,
                    context,
                    provider,
                    response.refreshToken().orElseThrow());
        }
    }

    // A token exchange has no authentication session, and a transient user has no account to put a grant on.
    private static boolean isOfLogin(BrokeredIdentityContext context) {
        return context.getAuthenticationSession() != null
                && !Boolean.parseBoolean(context.getIdpConfig().getConfig().get(TRANSIENT_USERS));
    }

    private boolean isFirst(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        String key = SEEN + context.getIdpConfig().getAlias();
        if (session.getAttribute(key) != null) {
            guard.warn(
                    realm,
                    context,
                    "The provider has two Nylas mappers. Only the one that Keycloak calls first counts; remove the"
                            + " other.");
            return false;
        }
        session.setAttribute(key, Boolean.TRUE);
        return true;
    }

    private static Optional<String> tooLong(TokenResponse response, MailProvider provider) {
        return response.refreshToken()
                .filter(token -> token.length() > LONGEST_TOKEN)
                .map(token -> "A sign-in returned a refresh token longer than any that " + provider.displayName()
                        + " issues. It is not handed over.");
    }

    private void open(
            KeycloakSession session,
            RealmModel realm,
            MapperSettings settings,
            BrokeredIdentityContext context,
            MailProvider provider,
            String token) {
        OpenCaptures.add(
                session,
                new OpenCapture(
                        new BrokerResponse(
                                session,
                                realm,
                                settings,
                                context,
                                provider,
                                new BrokerResponse.Token(token, clock.millis()),
                                provider.identity(context)),
                        writer));
    }
}
