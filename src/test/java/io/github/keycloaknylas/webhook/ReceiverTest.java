package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

/** What is answered to whatever arrives, and what is stored of it. */
@OnEveryDatabase
class ReceiverTest extends ReceiverTestBase {

    ReceiverTest(Engine engine) {
        super(engine);
    }

    @Test
    void aSignedNotificationIsStoredAndWakesTheWorkers() {
        String id = registered();

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED);

        assertThat(stored()).isEqualTo(1);
        Optional<NoticedGrant> due = inRealm(session -> Notices.of(session).nextDue(NOW));
        assertThat(due).contains(GRANT);
        verify(delivery).wake();
    }

    @Test
    void theTransactionOfTheRequestEndsFirstSoThatItHoldsNoConnection() {
        String id = registered();
        when(requestTransaction.isActive()).thenReturn(true, false);

        receive(id, expired("event-1"));

        verify(requestTransaction).commit();
    }

    @Test
    void aReplayedOrDuplicatedNotificationIsAcknowledgedAndStoredOnce() {
        String id = registered();

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED);
        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED_BEFORE);

        assertStored(receive(id, expired("event-1")), 1);
    }

    @Test
    void anEventOfTwoWebhooksIsStoredForEach() {
        String id = registered();
        String manual = manual(Optional.of("other-secret"));
        receive(id, expired("event-1"));

        Answer answer = receiver.receive(
                request(keycloak.realm("id-of-master")),
                manual,
                Bodies.signed(Bodies.notification("grant.expired", "event-1", "grant-1"), "other-secret"));

        assertStored(answer, 2);
    }

    @Test
    void inWhicheverOrderNotificationsComeEachIsStored() {
        String id = registered();

        for (String type : List.of("grant.deleted", "grant.expired", "grant.created", "grant.updated")) {
            receive(id, Bodies.signed(Bodies.notification(type, type, "grant-1"), SECRET));
        }

        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void aNotificationAboutAnUnknownGrantIsStoredLikeAnyOther() {
        String id = registered();

        assertStored(receive(id, Bodies.signed(Bodies.notification("grant.expired", "e", "nobody-knows"), SECRET)), 1);
    }

    @Test
    void whatIsNotNeededIsAcknowledgedAndNotStored() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(Bodies.notification("message.created", "e", "grant-1"), SECRET)))
                .isEqualTo(Answer.NOT_NEEDED);
        assertThat(stored()).isZero();
    }

    @Test
    void twoHundredAtOnceAreAnsweredAndWhatIsAcknowledgedIsStoredOnce() throws Exception {
        String id = registered();
        ExecutorService callers = Executors.newFixedThreadPool(200);
        Set<Integer> acknowledged = new HashSet<>();
        try {
            List<Future<Answer>> answers = callers.invokeAll(IntStream.range(0, 200)
                    .<Callable<Answer>>mapToObj(n -> () -> receive(id, expired("event-" + n / 4)))
                    .toList());

            for (int n = 0; n < answers.size(); n++) {
                Answer answer = answers.get(n).get();
                assertThat(answer).isIn(Answer.STORED, Answer.STORED_BEFORE, Answer.NOT_NOW);
                if (answer != Answer.NOT_NOW) {
                    acknowledged.add(n / 4);
                }
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(stored()).isEqualTo(acknowledged.size());
    }

    @Test
    void aDatabaseThatIsDownLeadsTo503() {
        String id = registered();
        factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenThrow(new IllegalStateException("The database does not answer"));

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NOT_NOW);
        assertThat(challenge(id, "c").getStatus()).isEqualTo(503);
        verify(delivery, never()).wake();
    }

    @Test
    void aDatabaseThatFailsAtTheInsertLeadsTo503AndIsLogged() {
        String id = registered();
        KeycloakSessionFactory first = keycloak.lightweightFactory();
        factory = mock(KeycloakSessionFactory.class);
        when(factory.create())
                .thenAnswer(call -> first.create())
                .thenThrow(new IllegalStateException("The database does not answer"));

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NOT_NOW);

        assertThat(stored()).isZero();
        verify(warnings).warnOfConnection(any(), contains("could not be stored"));
    }

    @Test
    void everyAnswerHasABodyInPlainTextAnd503SaysWhenToSendAgain() {
        for (Answer answer : Answer.values()) {
            Response response = answer.response();
            assertThat(response.getStatus()).isEqualTo(answer.status());
            assertThat((String) response.getEntity()).isNotBlank();
            assertThat(response.getMediaType()).hasToString("text/plain");
            assertThat(response.getHeaderString("Retry-After")).isEqualTo(answer.status() == 503 ? "60" : null);
        }
    }
}
