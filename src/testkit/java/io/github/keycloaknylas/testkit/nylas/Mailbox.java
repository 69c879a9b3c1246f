package io.github.keycloaknylas.testkit.nylas;

import java.util.List;

/**
 * The mailbox that a refresh token opened, which Nylas takes from the token and never from the
 * request (https://developer.nylas.com/docs/cookbook/use-cases/build/headless-server-auth/).
 *
 * @param email the address, or null when Microsoft did not disclose it
 * @param providerUserId Microsoft Graph's user ID, or null
 * @param name the display name, or null
 * @param scope the consented scopes, short ({@code Mail.Read}) or with the Graph prefix
 */
public record Mailbox(String email, String providerUserId, String name, List<String> scope) implements ExchangeResult {

    public Mailbox {
        scope = List.copyOf(scope);
    }
}
