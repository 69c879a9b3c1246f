package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.microsoft.IssuedRefreshToken;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import java.util.List;
import java.util.Optional;

/** Calls for one mailbox that were under way at the same time. */
public final class OverlappingCalls {

    private OverlappingCalls() {}

    public static void assertNoneAmong(List<RecordedRequest> calls) {
        assertThat(calls)
                .allSatisfy(call -> assertThat(TestEnvironment.NYLAS.requests().underWayAtArrivalOf(call))
                        .noneMatch(other ->
                                account(call).isPresent() && account(call).equals(account(other))));
    }

    private static Optional<String> account(RecordedRequest call) {
        return call.refreshToken()
                .flatMap(token -> TestEnvironment.MICROSOFT.refreshTokens().stream()
                        .filter(issued -> issued.value().equals(token.value()))
                        .map(IssuedRefreshToken::accountId)
                        .findFirst());
    }
}
