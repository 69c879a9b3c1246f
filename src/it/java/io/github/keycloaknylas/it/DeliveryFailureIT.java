package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Timing;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.Fault;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.GrantFaults;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nylas is down, slow, busy or talks nonsense: people sign in as ever, and their grants come later. */
class DeliveryFailureIT {

    /** What a sign-in may take on a slow machine; every call that hangs in these tests hangs for longer. */
    private static final Duration AT_ONCE = Duration.ofMillis(1500);

    private final TestConnection connection = FaultEnvironment.connection();
    private final MicrosoftRealm realm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), connection.mapper());

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
        realm.close();
    }

    @Test
    void whileNylasIsDownPeopleSignInAndTheirGrantsComeOnceItIsBack() {
        List<Account> people = people(3);
        List<String> userIds;
        TestEnvironment.NYLAS.goDown();
        try {
            userIds = people.stream().map(this::signIn).toList();
        } finally {
            TestEnvironment.NYLAS.comeBack();
        }

        for (int i = 0; i < people.size(); i++) {
            assertThat(realm.awaitGrantId(userIds.get(i)))
                    .isEqualTo(connection.grantOf(people.get(i)).orElseThrow().id());
            assertThat(handovers(people.get(i))).isEqualTo(1);
        }
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                argumentSet("500", ErrorFaults.status(500)),
                argumentSet("HTML with 502", ErrorFaults.gatewayHtml()),
                argumentSet("503 without a body", ErrorFaults.emptyBody(503)),
                argumentSet("200 without a body", ErrorFaults.emptyBody(200)),
                argumentSet("cut off", WireFaults.cutOff()),
                argumentSet("dripping", WireFaults.dripping(Duration.ofMillis(100))),
                argumentSet("reset", WireFaults.connectionReset()),
                argumentSet("reset after the deed", WireFaults.lostAnswer()),
                argumentSet("black hole", WireFaults.blackHole()),
                argumentSet("10 MB", GrantFaults.hugeBody(10 * 1024 * 1024)),
                argumentSet("2xx without an id", GrantFaults.withoutId()));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void afterABadAnswerTheTokenIsHandedOverAgainAndEndsInOneGrant(Fault fault) {
        Account account = somebody();
        TestEnvironment.NYLAS.faults().next(1, connection.handovers(), fault);

        String grantId = realm.awaitGrantId(signIn(account));

        assertThat(connection.application().grants()).extracting(Grant::id).containsExactly(grantId);
        assertThat(handovers(account)).isEqualTo(2);
    }

    @Test
    void retryAfterIsObeyedForTheWholeConnectionAndForNoOther() {
        Account asked = somebody();
        Account behind = somebody();
        Account elsewhere = somebody();
        TestConnection other = FaultEnvironment.connection();
        TestEnvironment.NYLAS.faults().next(1, connection.handovers(), ErrorFaults.rateLimited(Duration.ofSeconds(6)));
        try (MicrosoftRealm otherRealm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), other.mapper())) {
            String first = signIn(asked);
            await().until(() -> connection.journal().stream().anyMatch(request -> request.status() == 429));
            String second = signIn(behind);
            String third = otherRealm.signIn("entra", elsewhere).tokens().userId();

            otherRealm.awaitGrantId(third);
            assertThat(connection.journal()).hasSize(1);
            realm.awaitGrantId(first);
            realm.awaitGrantId(second);
        }

        Instant pauseBegan = connection.journal().get(0).arrivedAt();
        assertThat(connection.journal().stream().skip(1).map(RecordedRequest::arrivedAt))
                .hasSize(2)
                .allSatisfy(arrived -> assertThat(Duration.between(pauseBegan, arrived))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    void aPersonIsBackAtTheApplicationWhileTheCallIsStillUnderWay() {
        Account account = somebody();
        TestEnvironment.NYLAS.faults().always(connection.handovers(), WireFaults.late(AT_ONCE));

        Attempt attempt = realm.signIn("entra", account);

        assertThat(attempt.isDone()).isTrue();
        assertThat(Handovers.journal(account))
                .allSatisfy(request -> assertThat(request.status()).isZero());
        realm.awaitGrantId(attempt.tokens().userId());
        assertThat(handovers(account)).isEqualTo(1);
    }

    @Test
    void callsThatHangHoldNobodysSignInUp() {
        List<Account> people = people(4);
        TestEnvironment.NYLAS.faults().always(connection.handovers(), WireFaults.blackHole());
        List<String> hanging = people.stream().map(this::signIn).toList();
        people.forEach(account -> Handovers.await(account, 1));
        Account next = somebody();

        Duration taken = Timing.of(() -> signIn(next));

        assertThat(taken).isLessThan(AT_ONCE);
        assertThat(connection.application().grants()).isEmpty();
        TestEnvironment.NYLAS.faults().clear();
        hanging.forEach(userId -> await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(realm.grantId(userId)).isPresent()));
    }

    private String signIn(Account account) {
        return realm.signIn("entra", account).tokens().userId();
    }

    private static List<Account> people(int number) {
        return IntStream.range(0, number).mapToObj(i -> somebody()).toList();
    }
}
