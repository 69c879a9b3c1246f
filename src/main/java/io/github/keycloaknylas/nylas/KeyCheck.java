package io.github.keycloaknylas.nylas;

import java.util.Optional;

/**
 * Distinguishes a refused refresh token from a refused API key. Nylas documents {@code grant.refresh_token_invalid}
 * with status 401, but its samples show {@code invalid_grant} on every 401 (Nylas API reference: "Manage grants"), and
 * a token that is considered refused is erased.
 */
final class KeyCheck {

    private static final int UNAUTHORIZED = 401;

    private KeyCheck() {}

    static boolean isNeeded(Failure refusal) {
        return refusal.kind() == FailureKind.SIGN_IN_AGAIN
                && refusal.httpStatus() != null
                && refusal.httpStatus() == UNAUTHORIZED;
    }

    /** Whether Nylas accepts the key, as far as its answer to {@code GET /v3/applications} shows. */
    static Optional<Boolean> accepted(NylasResponse response) {
        if (ResponseReader.application(response).isPresent()) {
            return Optional.of(true);
        }
        boolean refused = new ErrorClassifier(UnknownProvider.INSTANCE).cause(ApiOperation.READ_APPLICATION, response)
                == FailureCause.KEY_REFUSED;
        return refused ? Optional.of(false) : Optional.empty();
    }

    /** Returns the failure that a refusal turns out to be. */
    static Failure verdict(Failure refusal, CallResult<Boolean> accepted) {
        if (accepted instanceof CallResult.Done<Boolean> done) {
            return done.value() ? refusal : FailureCause.KEY_REFUSED.insteadOf(refusal, null);
        }
        Failure unknown = ((CallResult.Failed<Boolean>) accepted).failure();
        return FailureCause.TOKEN_UNCONFIRMED.insteadOf(refusal, unknown.retryAfter());
    }
}
