package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from an answer: for the row, for the circuit breakers, and for the administrator. */
class HandoverResultHandlerTest {

    private final Recorder recorder = mock(Recorder.class);
    private final ThrottledWarnings warnings = mock(ThrottledWarnings.class);
    private final CallPermit permit = mock(CallPermit.class);
    private final HandoverResultHandler result =
            new HandoverResultHandler(recorder, new Backoff(() -> 0.5), new RefusalCounter(), warnings);

    private static PreparedHandover handover(int attempts, int refusals) {
        return new PreparedHandover(
                new LeasedRow(new Lease("row", "token", "lane", 7), () -> {}),
                new PreparedHandover.SignIn(
                        DeliveryFixture.mailbox("ada"),
                        new Microsoft(),
                        "realm-name",
                        "ada",
                        DeliveryFixture.identity("ada")),
                null,
                new PreparedHandover.Token("refresh-token", 10),
                new PreparedHandover.FailedCalls(attempts, refusals),
                new PreparedHandover.Mapper(Set.of("Mail.Read"), "nylas_grant_id"));
    }

    private void granted(Recorder.Outcome outcome, Set<String> scopes) {
        when(recorder.granted(any(), any(), any())).thenReturn(outcome);
        NylasGrant grant = new NylasGrant("grant-1", "ada@example.com", null, scopes);
        result.granted(handover(0, 0), "application", new CallResult.Done<>(grant, "request-1"));
    }

    private Failure fails(PreparedHandover handover, FailureKind kind, FailureReach reach, Duration retryAfter) {
        Failure failure = Handovers.failure(kind, reach, retryAfter);
        result.failed(handover, failure, permit);
        return failure;
    }

    @Test
    void aGrantIsRecordedForItsApplication() {
        granted(Recorder.Outcome.CONNECTED, Set.of("Mail.Read"));

        verify(recorder)
                .granted(any(), eq("application"), argThat(grant -> grant.id().equals("grant-1")));
        verify(warnings, never()).warn(any(), any(), any());
    }

    @Test
    void aGrantWithFewerScopesThanRequiredIsReported() {
        granted(Recorder.Outcome.CONNECTED, Set.of("User.Read"));

        verify(warnings).warn(eq("realm-name"), eq("microsoft"), contains("Mail.Read"));
    }

    @Test
    void aGrantThatIsHeldBackIsReported() {
        granted(Recorder.Outcome.HELD, Set.of("Mail.Read"));

        verify(warnings).warn(eq("realm-name"), eq("microsoft"), contains("grant-1"));
    }

    @Test
    void aRefusedTokenIsRecordedAndSaysNothingAgainstTheConnection() {
        Failure failure = fails(handover(0, 0), FailureKind.SIGN_IN_AGAIN, null, null);

        verify(recorder).refused(any(), eq(failure));
        verify(permit).succeeded();
        verify(warnings, never()).warn(any(), any(), any());
    }

    @Test
    void theLikelyCauseIsReportedWhenMostTokensAreRefused() {
        for (int i = 0; i < 5; i++) {
            fails(handover(0, 0), FailureKind.SIGN_IN_AGAIN, null, null);
        }

        verify(warnings, times(1)).warn(eq("realm-name"), eq("microsoft"), contains("client id"));
    }

    @Test
    void acceptedTokensCountAgainstTheRefusedOnes() {
        for (int i = 0; i < 5; i++) {
            granted(Recorder.Outcome.CONNECTED, Set.of("Mail.Read"));
        }
        for (int i = 0; i < 5; i++) {
            fails(handover(0, 0), FailureKind.SIGN_IN_AGAIN, null, null);
        }

        verify(warnings, never()).warn(any(), any(), any());
    }

    @Test
    void aTemporaryFailureIsTriedLaterTheMoreOftenItFailed() {
        Failure failure = fails(handover(2, 4), FailureKind.TEMPORARY, null, null);

        verify(recorder).postponed(any(), eq(failure), eq(Duration.ofSeconds(30)));
        verify(permit).troubled("row");
        verifyNoMoreInteractions(recorder, permit);
    }

    @Test
    void retryAfterIsObeyedByTheRowAndTheConnection() {
        Failure failure = fails(handover(0, 0), FailureKind.TEMPORARY, null, Duration.ofSeconds(40));

        verify(recorder).postponed(any(), eq(failure), eq(Duration.ofSeconds(40)));
        verify(permit).paused(Duration.ofSeconds(40));
        verifyNoMoreInteractions(recorder, permit);
    }

    @Test
    void aRetryAfterOfNoTimeDoesNotPermitAnImmediateCall() {
        Failure failure = fails(handover(2, 0), FailureKind.TEMPORARY, null, Duration.ZERO);

        verify(recorder).postponed(any(), eq(failure), eq(Duration.ofSeconds(30)));
        verify(permit).troubled("row");
    }

    @Test
    void aRefusedKeyOpensTheBreakerOfTheConnectionAndTheRowWaitsForIt() {
        Failure failure = fails(handover(3, 3), FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null);

        verify(permit).refusedConnection();
        verify(recorder).waiting(any(), eq(failure));
        verifyNoMoreInteractions(recorder, permit);
    }

    @Test
    void aRefusedCredentialOpensItsBreakerAndTheRowWaitsForIt() {
        Failure failure = fails(handover(3, 3), FailureKind.ADMINISTRATOR, FailureReach.CREDENTIAL, null);

        verify(permit).refusedCredential();
        verify(recorder).waiting(any(), eq(failure));
        verifyNoMoreInteractions(recorder, permit);
    }

    @Test
    void aCallThatIsRefusedForTheRowAloneIsTriedSlowlyAndBlocksNoOther() {
        Failure failure = fails(handover(4, 1), FailureKind.ADMINISTRATOR, FailureReach.ROW, null);

        verify(permit).succeeded();
        verify(recorder).refusedForRow(any(), eq(failure), eq(Duration.ofMinutes(5)));
        verifyNoMoreInteractions(recorder, permit);
    }

    @ParameterizedTest
    @EnumSource(FailureReach.class)
    void whatAnAdministratorHasToFixIsReported(FailureReach reach) {
        fails(handover(0, 0), FailureKind.ADMINISTRATOR, reach, null);

        verify(warnings).warn("realm-name", "microsoft", "What to do next.");
    }
}
