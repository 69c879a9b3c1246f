package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import java.util.List;
import java.util.function.Predicate;

/** The handovers that arrived at the fake Nylas, by the person whose token was in them. */
public final class Handovers {

    private Handovers() {}

    public static Predicate<RecordedRequest> all() {
        return request -> request.path().equals("/v3/connect/custom");
    }

    public static Predicate<RecordedRequest> of(Account account) {
        return all().and(request -> request.refreshToken()
                .filter(token -> TestEnvironment.MICROSOFT.refreshTokens().stream()
                        .anyMatch(issued -> issued.value().equals(token.value())
                                && issued.accountId().equals(account.id())))
                .isPresent());
    }

    public static List<RecordedRequest> journal(Account account) {
        return TestEnvironment.NYLAS.requests().all(of(account));
    }

    public static List<RecordedRequest> await(Account account, int atLeast) {
        return TestEnvironment.NYLAS.requests().await(of(account), atLeast, MicrosoftRealm.SOON);
    }
}
