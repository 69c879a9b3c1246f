package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnection;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.nylas.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptTest {

    private static final String HINT = "What to do next.";

    private final NylasClient nylas = mock(NylasClient.class);
    private final Recorder recorder = mock(Recorder.class);
    private final HandClock clock = new HandClock();
    private final Backoff backoff = new Backoff(() -> 0.5);
    private final Gates gates = new Gates(clock, backoff);
    private final Advice advice = mock(Advice.class);
    private final Attempt attempt = new Attempt(nylas, recorder, gates, backoff, new RefusalWatch(), advice);
    private final Connection connection = new Connection(
            new Endpoint(
                    "default",
                    URI.create("https://api.us.nylas.com"),
                    "option:key",
                    Optional.empty(),
                    Optional.of("credential-1")),
            "api-key");

    private Claim claim(int attempts) {
        return new Claim(
                "row",
                "lease",
                Workshop.mailbox("ada"),
                "realm-name",
                "ada",
                connection,
                new NylasConnection(connection.endpoint().apiUrl(), connection.apiKey()),
                "refresh-token",
                10,
                attempts,
                Set.of("Mail.Read"));
    }

    private void answers(Answer<NylasGrant> answer) {
        when(nylas.connect(any(), any())).thenReturn(answer);
    }

    private Failure fails(FailureKind kind, Scope scope, Duration retryAfter) {
        Failure failure = new Failure(kind, scope, "type", 400, "request-1", retryAfter, HINT);
        answers(new Answer.Failed<>(failure));
        return failure;
    }

    private void grants(Recorder.Outcome outcome, Set<String> scopes) {
        answers(new Answer.Done<>(new NylasGrant("grant-1", "ada@example.com", null, scopes), "request-1"));
        when(recorder.granted(any(), any())).thenReturn(outcome);
    }

    private void verifyPostponed(Failure failure, Duration wait) {
        verify(recorder).postponed(any(), eq(failure), eq(wait));
        verify(recorder, never()).refused(any(), any());
        verify(recorder, never()).granted(any(), any());
    }

    @Test
    void theTokenAndTheCredentialAreHandedOverToTheConnection() {
        grants(Recorder.Outcome.CONNECTED, Set.of("Mail.Read"));

        attempt.make(claim(0));

        verify(nylas)
                .connect(
                        argThat(target -> target.apiKey().equals("api-key")),
                        argThat(handover -> handover.refreshToken().equals("refresh-token")
                                && handover.credentialId().equals("credential-1")));
        verify(advice, never()).warn(any(), any(), any());
    }

    @Test
    void aGrantIsRecordedAndOpensTheGates() {
        gates.refusedCredential(connection, Workshop.mailbox("ada"));
        grants(Recorder.Outcome.CONNECTED, Set.of("Mail.Read"));

        attempt.make(claim(0));

        verify(recorder).granted(any(), argThat(grant -> grant.id().equals("grant-1")));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void aGrantWithFewerScopesThanRequiredIsTold() {
        grants(Recorder.Outcome.CONNECTED, Set.of("User.Read"));

        attempt.make(claim(0));

        verify(advice).warn(eq("realm-name"), eq("microsoft"), contains("Mail.Read"));
    }

    @Test
    void aRefusedTokenIsRecordedAsRefusedAndBlocksNobody() {
        Failure failure = fails(FailureKind.SIGN_IN_AGAIN, null, null);

        attempt.make(claim(0));

        verify(recorder).refused(any(), eq(failure));
        assertThat(gates.permits(connection)).isTrue();
        verify(advice, never()).warn(any(), any(), any());
    }

    @Test
    void whenMostTokensAreRefusedTheLikelyCauseIsSaid() {
        fails(FailureKind.SIGN_IN_AGAIN, null, null);

        for (int i = 0; i < 5; i++) {
            attempt.make(claim(0));
        }

        verify(advice, times(1)).warn(eq("realm-name"), eq("microsoft"), contains("client id"));
    }

    @Test
    void acceptedTokensCountAgainstTheRefusedOnes() {
        grants(Recorder.Outcome.CONNECTED, Set.of("Mail.Read"));
        for (int i = 0; i < 5; i++) {
            attempt.make(claim(0));
        }
        fails(FailureKind.SIGN_IN_AGAIN, null, null);
        for (int i = 0; i < 5; i++) {
            attempt.make(claim(0));
        }

        verify(advice, never()).warn(any(), any(), any());
    }

    @Test
    void aTemporaryFailureIsTriedLaterTheMoreOftenItFailed() {
        Failure failure = fails(FailureKind.TEMPORARY, null, null);

        attempt.make(claim(2));

        verifyPostponed(failure, Duration.ofSeconds(30));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void manyTemporaryFailuresCloseTheConnection() {
        fails(FailureKind.TEMPORARY, null, null);

        for (int i = 0; i < 5; i++) {
            attempt.make(claim(0));
        }

        assertThat(gates.permits(connection)).isFalse();
    }

    @Test
    void retryAfterIsObeyedForTheWholeConnection() {
        Failure failure = fails(FailureKind.TEMPORARY, null, Duration.ofSeconds(40));

        attempt.make(claim(0));

        verifyPostponed(failure, Duration.ofSeconds(40));
        clock.forward(Duration.ofSeconds(39));
        assertThat(gates.permits(connection)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(gates.permits(connection)).isTrue();
    }

    @Test
    void aRetryAfterOfNoTimeIsNoLeaveToHammer() {
        Failure failure = fails(FailureKind.TEMPORARY, null, Duration.ZERO);

        attempt.make(claim(2));

        verifyPostponed(failure, Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aFailureForAnAdministratorBlocksAsFarAsItReachesAndIsTold(Scope scope) {
        Failure failure = fails(FailureKind.ADMINISTRATOR, scope, null);

        attempt.make(claim(1));

        verifyPostponed(failure, scope == Scope.ROW ? Duration.ofMinutes(5) : Duration.ZERO);
        assertThat(gates.blocked().connections()).hasSize(scope == Scope.CONNECTION ? 1 : 0);
        assertThat(gates.blocked().fingerprints()).hasSize(scope == Scope.CREDENTIAL ? 1 : 0);
        verify(advice).warn("realm-name", "microsoft", HINT);
    }
}
