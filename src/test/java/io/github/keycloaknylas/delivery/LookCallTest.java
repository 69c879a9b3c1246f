package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantDecisions;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.ReportedGrants;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look at a grant changes its mailboxes to what Nylas reports, and nothing else does. */
@OnEveryDatabase
class LookCallTest {

    private static final String URL = "https://api.us.nylas.com";
    private static final NylasGrant VALID = DeliveryFixture.grant("grant-1", "ada");

    private final DeliveryFixture fixture;

    LookCallTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    void adaHasAGrant() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofHours(1));
    }

    private LookResult look() throws InterruptedException {
        LookResult asked = fixture.parts.look(HistorySource.NYLAS).look(URL, DeliveryFixture.APPLICATION, "grant-1");
        fixture.parts.attributes.writeDue();
        return asked;
    }

    private LookResult look(NylasGrant answer) throws InterruptedException {
        fixture.reports("grant-1", new CallResult.Done<>(Optional.of(answer), "request-1"));
        return look();
    }

    private LookResult look(Failure failure) throws InterruptedException {
        fixture.reports("grant-1", new CallResult.Failed<>(failure));
        return look();
    }

    private LookResult lookFindsNone() throws InterruptedException {
        fixture.reports("grant-1", new CallResult.Done<>(Optional.empty(), "request-1"));
        return look();
    }

    private static NylasGrant invalid() {
        return new NylasGrant("grant-1", VALID.email(), VALID.providerUserId(), VALID.scopes(), false, null);
    }

    private static Failure failure(FailureKind kind, FailureReach reach) {
        return new Failure(kind, reach, "api.error", 500, "request-9", null, "Nylas refused it.");
    }

    @Test
    void aValidGrantStaysConnected() throws InterruptedException {
        assertThat(look(VALID)).isEqualTo(LookResult.RECORDED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void anInvalidGrantWaitsForANewSignInAndIsStillShown() throws InterruptedException {
        look(invalid());

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(fixture.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains(ReportedGrants.EXPIRED);
        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(fixture.status("ada")).contains("reconnect");
    }

    @Test
    void aGrantThatIsValidAgainIsConnectedAgain() throws InterruptedException {
        look(invalid());

        look(VALID);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.read("ada", GrantEntity::failure)).isEmpty();
        assertThat(fixture.status("ada")).contains("connected");
    }

    @Test
    void aGrantThatIsGoneIsNoLongerShownAndTheNextSignInMakesANewOne() throws InterruptedException {
        lookFindsNone();

        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
        fixture.connected("ada", "grant-2");
        assertThat(fixture.shown("ada")).contains("grant-2");
    }

    @Test
    void aGrantThatIsGoneCanBeHeldByAnotherUser() throws InterruptedException {
        lookFindsNone();
        fixture.person("bob");

        fixture.connected("bob", "grant-1");

        assertThat(fixture.state("bob")).contains(GrantState.CONNECTED);
    }

    @Test
    void addressAndScopesAreThoseThatNylasReportsNow() throws InterruptedException {
        look(new NylasGrant("grant-1", "ada@new.example", "oid-ada", Set.of("Mail.Send")));

        ConnectedGrant grant = fixture.read("ada", GrantEntity::grant).orElseThrow();
        assertThat(grant.email()).isEqualTo("ada@new.example");
        assertThat(grant.scopeSet()).containsExactly("Mail.Send");
    }

    @Test
    void whatNylasDoesNotReportIsKept() throws InterruptedException {
        look(new NylasGrant("grant-1", null, null, Set.of()));

        ConnectedGrant grant = fixture.read("ada", GrantEntity::grant).orElseThrow();
        assertThat(grant.email()).isEqualTo("ada@example.com");
        assertThat(grant.scopeSet()).containsExactlyInAnyOrder("Mail.Read", "Calendars.Read");
    }

    @Test
    void aMailboxThatAnAdministratorAcceptedIsNotHeldBackAgain() throws InterruptedException {
        NylasGrant eves = new NylasGrant("grant-1", "eve@example.com", "oid-eve", Set.of());
        look(eves);
        fixture.transactions.run(session -> GrantDecisions.of(session)
                .accept(
                        Ledger.of(session).find(DeliveryFixture.mailbox("ada")).orElseThrow(),
                        other -> true,
                        fixture.clock.millis()));
        assertThat(fixture.read("ada", GrantEntity::grant).map(ConnectedGrant::email))
                .contains("eve@example.com");

        look(eves);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void theMailboxOfAnotherPersonIsHeldBack() throws InterruptedException {
        look(new NylasGrant("grant-1", "eve@example.com", "oid-eve", Set.of()));

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        assertThat(fixture.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains(Transitions.OTHER_MAILBOX);
        assertThat(fixture.shown("ada")).isEmpty();
        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("held back"));
    }

    @Test
    void allMailboxesOfAGrantAreChanged() throws InterruptedException {
        fixture.keycloak.provider(DeliveryFixture.REALM, "other", Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "other", "ada");
        Mailbox other = new Mailbox(DeliveryFixture.REALM, "other", "ada");
        fixture.connected(other, "ada", "grant-1");

        look(invalid());

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(fixture.read(other, GrantEntity::state)).contains(GrantState.RECONNECT);
    }

    @Test
    void aHeldGrantIsNotMoved() throws InterruptedException {
        look(new NylasGrant("grant-1", "eve@example.com", "oid-eve", Set.of()));

        assertThat(look(VALID)).isEqualTo(LookResult.NOT_SHOWN);

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
    }

    @Test
    void aStateOfANewerVersionIsNotMoved() throws InterruptedException {
        Rows.grantsOfANewerVersion(fixture);

        assertThat(lookFindsNone()).isEqualTo(LookResult.NOT_SHOWN);

        verify(fixture.nylas, never()).grant(any(), any());
    }

    @Test
    void aGrantThatIsNotOursIsNotAskedFor() throws InterruptedException {
        assertThat(fixture.parts.look(HistorySource.NYLAS).look(URL, DeliveryFixture.APPLICATION, "grant-of-others"))
                .isEqualTo(LookResult.NOT_SHOWN);

        verify(fixture.nylas, never()).grant(any(), any());
    }

    @Test
    void aHandoverDuringTheLookKeepsItsResult() throws InterruptedException {
        when(fixture.nylas.grant(any(), eq("grant-1"))).thenAnswer(call -> {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.connected("ada", "grant-1");
            return new CallResult.Done<>(Optional.empty(), "request-1");
        });

        assertThat(look()).isEqualTo(LookResult.OVERTAKEN);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aTokenThatWaitsIsHandedOverAllTheSame() throws InterruptedException {
        fixture.waiting("ada", "token-2");

        lookFindsNone();

        assertThat(fixture.read("ada", GrantEntity::isHandoverDue)).isTrue();
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-2", "ada"), "request-2"));
        fixture.handOver();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aKeyOfAnotherApplicationIsNotUsed() throws InterruptedException {
        DeliveryParts restarted = fixture.node();
        fixture.application("server-key", "application-2");
        fixture.reports("grant-1", new CallResult.Done<>(Optional.empty(), "request-1"));

        LookResult asked = restarted.look(HistorySource.NYLAS).look(URL, DeliveryFixture.APPLICATION, "grant-1");

        assertThat(asked).isEqualTo(LookResult.FAILED);
        verify(fixture.nylas, never()).grant(any(), any());
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("no connection reaches"));
    }

    @Test
    void anOutageChangesNothingAndIsRepeated() throws InterruptedException {
        assertThat(look(failure(FailureKind.TEMPORARY, null))).isEqualTo(LookResult.FAILED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aRefusedKeyChangesNothingAndStopsTheNextCall() throws InterruptedException {
        assertThat(look(failure(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION)))
                .isEqualTo(LookResult.FAILED);
        assertThat(lookFindsNone()).isEqualTo(LookResult.FAILED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("Nylas refused it."));
    }

    @Test
    void aBlockedGrantChangesNothingAndIsNotRepeated() throws InterruptedException {
        assertThat(look(failure(FailureKind.ADMINISTRATOR, FailureReach.ROW))).isEqualTo(LookResult.RECORDED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("Nylas refused it."));
    }
}
