package io.github.keycloaknylas.nylas;

import java.util.List;
import java.util.Optional;

/** Placeholder for the mail provider in calls that concern none in particular. */
final class UnknownProvider implements NylasProvider {

    static final NylasProvider INSTANCE = new UnknownProvider();

    private UnknownProvider() {}

    @Override
    public String name() {
        return "";
    }

    @Override
    public String displayName() {
        return "the mail provider";
    }

    @Override
    public List<String> errorCodes(String text) {
        return List.of();
    }

    @Override
    public Optional<ErrorMeaning> meaning(String code) {
        return Optional.empty();
    }

    @Override
    public String hint(ErrorMeaning meaning) {
        return switch (meaning) {
            case TOKEN_REFUSED -> "The mail provider refused the refresh token";
            case CLIENT_REFUSED -> "The mail provider refused the application that Nylas presented";
            case CONSENT_MISSING -> "The mail provider has no consent for a scope that Nylas requested";
        };
    }
}
