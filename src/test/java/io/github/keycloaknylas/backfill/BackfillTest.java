package io.github.keycloaknylas.backfill;

import static io.github.keycloaknylas.backfill.BackfillFixture.ALIAS;
import static io.github.keycloaknylas.backfill.BackfillFixture.REALM;
import static io.github.keycloaknylas.backfill.BackfillFixture.mailbox;
import static io.github.keycloaknylas.backfill.BackfillFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs over the links of a provider, from their start to their end, and what stops them in between. */
@OnEveryDatabase
class BackfillTest {

    private final BackfillFixture fixture;

    BackfillTest(Engine engine) {
        fixture = new BackfillFixture(engine);
    }

    private Map<String, Long> skipped() {
        return fixture.run().counts().skipped();
    }

    /** A sign-in that was merged, or that was handed over if it has a grant. */
    private void known(String name, boolean waits) {
        fixture.call(session -> {
            GrantEntity row = new GrantEntity(mailbox(name), name, 1);
            SealedToken token = CaptureRows.seal(fixture.bound(session), mailbox(name), "newer", 5);
            Transitions.merge(row, token, new ExpectedIdentity("oid-" + name, null, null, null, null), name, 5);
            if (!waits) {
                Transitions.outlived(row, 6);
            }
            Ledger.of(session).save(row, MailProviders.installed().fallback());
            return null;
        });
    }

    @Test
    void theStoredTokenOfEachLinkIsQueuedSealedForTheMailboxOfThatLink() {
        fixture.person("ada");
        assertThat(fixture.start(false, 5)).isEmpty();

        fixture.poll();

        GrantEntity row = fixture.row("ada").orElseThrow();
        assertThat(row.isHandoverDue()).isTrue();
        assertThat(row.userId()).isEqualTo("ada");
        assertThat(row.expectedIdentity())
                .isEqualTo(new ExpectedIdentity("oid-ada", null, "oid-ada@example.com", null, null));
        SealedToken sealed = row.waitingToken().orElseThrow();
        assertThat(sealed.text()).doesNotContain("token-of-oid-ada");
        assertThat(fixture.<String>call(session -> Seal.open(fixture.bound(session), mailbox("ada"), sealed)))
                .isEqualTo("token-of-oid-ada");
        assertThat(fixture.run().state()).contains(BackfillState.DONE);
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(1, 1, Map.of()));
        assertThat(fixture.wakeUps).hasPositiveValue();
    }

    @Test
    void aDryRunCountsTheSameAndWritesNothing() {
        fixture.person("ada");
        fixture.person("bob", null);
        fixture.start(true, 5);

        fixture.poll();

        assertThat(fixture.rows()).isZero();
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(2, 1, Map.of("no_stored_token", 1L)));
        assertThat(fixture.run().state()).contains(BackfillState.DONE);
        assertThat(fixture.wakeUps).hasValue(0);
    }

    @Test
    void eachLinkThatIsNotQueuedIsCountedByTheReason() {
        fixture.keycloak.role(REALM, "mail");
        fixture.keycloak.provider(REALM, ALIAS, Map.of("role", "mail"));
        for (String name : new String[] {"encrypted", "few-scopes", "nobody", "waiting", "known", "discarded"}) {
            fixture.person(name);
            fixture.keycloak.hasRole(REALM, name, "mail", true);
        }
        fixture.person("encrypted", "eyJhbGciOiJkaXIifQ..x.y.z");
        fixture.person("few-scopes", response("oid-1").replace("Mail.Read", "User.Read"));
        fixture.person("nobody", "{\"refresh_token\":\"token\"}");
        fixture.person("discarded", "{\"access_token\":\"\",\"refresh_token\":\"\"}");
        fixture.person("disabled");
        fixture.keycloak.hasRole(REALM, "disabled", "mail", true);
        fixture.keycloak.enable(REALM, "disabled", false);
        fixture.person("no-role");
        fixture.links.put("directory", "directory", response("oid-2"));
        fixture.links.put("no-subject", null, response("oid-3"));
        known("waiting", true);
        known("known", false);
        fixture.start(false, 5);

        fixture.poll();

        assertThat(skipped())
                .isEqualTo(Map.of(
                        "unreadable_token", 1L,
                        "scopes_missing", 1L,
                        "not_identified", 2L,
                        "no_refresh_token", 1L,
                        "not_eligible", 2L,
                        "eligibility_unknown", 1L,
                        "already_waiting", 1L,
                        "already_known", 1L));
        assertThat(fixture.run().counts().queued()).isZero();
        assertThat(fixture.rows()).isEqualTo(2);
    }

    @Test
    void withoutARoleOrGroupAUserOfADirectoryIsEligible() {
        fixture.links.put("directory", "directory", response("oid-2"));
        fixture.start(false, 5);

        fixture.poll();

        assertThat(fixture.row("directory")).isPresent();
    }

    @Test
    void whatASignInSuppliedIsNeverReplaced() {
        fixture.person("ada");
        known("ada", true);
        String before =
                fixture.row("ada").orElseThrow().waitingToken().orElseThrow().text();
        fixture.start(false, 5);

        fixture.poll();

        assertThat(fixture.row("ada").orElseThrow().waitingToken().orElseThrow().text())
                .isEqualTo(before);
        assertThat(skipped()).isEqualTo(Map.of("already_waiting", 1L));
    }

    @Test
    void twoUsersWhoAreLinkedToOneAccountAreOneMailbox() {
        fixture.keycloak.user(REALM, "ada");
        fixture.keycloak.user(REALM, "bob");
        fixture.links.put("ada", "account", response("oid"));
        fixture.links.put("bob", "account", response("oid"));
        fixture.start(false, 5);

        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(1);
        assertThat(skipped()).isEqualTo(Map.of("already_waiting", 1L));
    }

    @Test
    void aLinkThatIsGoneByTheTimeItsTokenIsReadIsCountedAsOneWithout() {
        fixture.person("ada");
        fixture.start(false, 5);
        fixture.links.hide("ada");

        fixture.poll();

        assertThat(skipped()).isEqualTo(Map.of("no_stored_token", 1L));
    }

    @ParameterizedTest
    @CsvSource({"5, 25, 5000", "1, 5, 5000", "50, 100, 2000"})
    void pagesArePacedByTheRate(int rate, int pageSize, long pause) {
        fixture.people(205);
        // Workers hand over what is queued meanwhile.
        fixture.duringPause(this::handOverAll);
        fixture.start(false, rate);

        fixture.poll();

        assertThat(fixture.links.pages.get(0)).isEqualTo(pageSize);
        assertThat(fixture.pauses.get(0)).isEqualTo(Duration.ofMillis(pause));
        assertThat(fixture.run().counts().queued()).isEqualTo(205);
        long seconds = fixture.pauses.stream().mapToLong(Duration::toMillis).sum() / 1000;
        assertThat(seconds).isBetween(205L / rate - 5, 205L / rate + 5);
    }

    private void handOverAll() {
        fixture.call(session -> session.getProvider(org.keycloak.connections.jpa.JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("update GrantEntity g set g.state = 'CONNECTED', g.handover.state = 'NONE'")
                .executeUpdate());
    }

    @Test
    void whileAMinuteOfTokensWaitsNothingIsAdded() {
        fixture.people(205);
        fixture.stopAfterPauses(100);
        fixture.start(false, 1);

        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(60);
        assertThat(fixture.run().waitsFor()).contains("delivery");

        handOverAll();
        fixture.stopAfterPauses(3);
        fixture.poll();
        assertThat(fixture.rows()).isGreaterThan(60);
        assertThat(fixture.run().waitsFor()).isEmpty();
    }

    @Test
    void aStoppedNodeLetsAnotherOneContinueAtOnceWhereItStopped() {
        fixture.people(205);
        fixture.stopAfterPauses(1);
        fixture.start(false, 50);
        fixture.poll();
        assertThat(fixture.rows()).isEqualTo(200);
        assertThat(fixture.run().isRunning()).isTrue();

        fixture.stopAfterPauses(100);
        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(205);
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(205, 205, Map.of()));
        assertThat(fixture.links.pages).containsExactly(100, 100, 5);
    }

    @Test
    void anotherNodeLeavesARunAloneUntilTheLeaseOfAKilledNodeHasEnded() {
        fixture.people(3);
        fixture.start(false, 5);
        String hash = BackfillEntity.hash(REALM, ALIAS);
        long now = fixture.clock().millis();
        assertThat(fixture.<Boolean>call(session -> BackfillRows.of(session).lease(hash, "killed", now, now + 180_000)))
                .isTrue();

        fixture.poll();
        assertThat(fixture.rows()).isZero();
        fixture.forward(Duration.ofSeconds(180));
        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(3);
    }

    @Test
    void aPageThatFailsLeavesNothingBehindAndIsRepeated() {
        fixture.people(3);
        fixture.start(false, 5);
        fixture.links.failWith(new IllegalStateException("token-of-oid"));
        fixture.stopAfterPauses(1);
        fixture.poll();

        assertThat(fixture.rows()).isZero();
        assertThat(fixture.run().counts().walked()).isZero();
        assertThat(fixture.run().waitsFor()).contains("page_failed");
        verify(fixture.warnings, org.mockito.Mockito.atLeastOnce())
                .warn(eq(REALM + "-name"), eq(ALIAS), contains("(java.lang.IllegalStateException)"));

        fixture.links.failWith(null);
        fixture.stopAfterPauses(100);
        fixture.poll();
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(3, 3, Map.of()));
    }

    @Test
    void aCancelledRunQueuesNothingMoreAndKeepsWhatIsQueued() {
        fixture.people(205);
        fixture.start(false, 50);
        fixture.duringPause(fixture::cancel);

        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(100);
        assertThat(fixture.run().state()).contains(BackfillState.CANCELLED);
        assertThat(fixture.run().counts().walked()).isEqualTo(100);
        assertThat(fixture.cancel()).isFalse();
    }

    @Test
    void oneRunOfAProviderAtATimeAndAnEndedOneIsReplaced() {
        fixture.person("ada");
        assertThat(fixture.start(true, 5)).isEmpty();
        assertThat(fixture.start(false, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("running");
        fixture.poll();

        assertThat(fixture.start(false, 7)).isEmpty();
        fixture.poll();

        assertThat(fixture.run().isDryRun()).isFalse();
        assertThat(fixture.run().rate()).isEqualTo(7);
        assertThat(fixture.run().startedBy()).isEqualTo("administrator");
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(1, 1, Map.of()));
    }

    @Test
    void theTotalIsThatOfTheBeginning() {
        fixture.people(3);
        fixture.start(true, 5);
        fixture.person("zoe");

        fixture.poll();

        assertThat(fixture.run().total()).isEqualTo(3);
        assertThat(fixture.run().counts().walked()).isEqualTo(4);
    }

    @Test
    void aRunWaitsForAMapperThatWasRemovedAndContinuesOnceItIsBack() {
        fixture.person("ada");
        fixture.start(false, 5);
        fixture.keycloak.bareProvider(REALM, ALIAS);
        fixture.stopAfterPauses(1);
        fixture.poll();
        assertThat(fixture.run().waitsFor()).contains("mapper_missing");
        verify(fixture.warnings, org.mockito.Mockito.atLeastOnce())
                .warn(eq(REALM + "-name"), eq(ALIAS), contains("has no Nylas mapper"));

        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.stopAfterPauses(1);
        fixture.poll();

        assertThat(fixture.row("ada")).isPresent();
    }

    @Test
    void aRunOfAProviderThatIsGoneWaitsUntilItIsCancelledAndOneOfARealmThatIsGoneIsCancelled() {
        fixture.person("ada");
        fixture.start(false, 5);
        fixture.keycloak.removeProvider(REALM, ALIAS);
        fixture.stopAfterPauses(1);
        fixture.poll();
        assertThat(fixture.run().waitsFor()).contains("provider_missing");

        assertThat(fixture.cancel()).isTrue();

        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.start(false, 5);
        fixture.keycloak.removeRealm(REALM);
        fixture.poll();

        assertThat(fixture.run().state()).contains(BackfillState.CANCELLED);
        assertThat(fixture.rows()).isZero();
    }

    @Test
    void noRunStartsWithoutAMapperForCertainClientsWithAnUnknownRoleOrWithoutASealKey() {
        fixture.keycloak.bareProvider(REALM, ALIAS);
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_missing");
        fixture.keycloak.provider(REALM, ALIAS, Map.of("clients", "mail-app"));
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_clients");
        fixture.keycloak.provider(REALM, ALIAS, Map.of("role", "unknown"));
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_audience");
        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.options.without("nylas-seal-key/default/secret");
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("seal_key");
    }

    @Test
    void onceTheProviderHasItsMaximumOfGrantsNothingIsQueued() {
        fixture.people(3);
        fixture.keycloak.provider(REALM, ALIAS, Map.of("maximumGrants", "0"));
        fixture.start(false, 5);
        fixture.stopAfterPauses(1);

        fixture.poll();

        assertThat(fixture.rows()).isZero();
        assertThat(fixture.run().waitsFor()).contains("no_grant_left");
    }

    @Test
    void runsOfSeveralProvidersAdvanceSideBySide() {
        fixture.people(205);
        fixture.keycloak.provider(REALM, "other", Map.of());
        fixture.start(false, 50);
        fixture.call(session -> new BackfillStart(fixture.links, fixture.clock())
                .start(fixture.bound(session), new BackfillOrder(REALM, "other", true, 5, "administrator")));
        fixture.stopAfterPauses(1);

        fixture.poll();

        assertThat(fixture.rows()).isPositive();
        assertThat(fixture.<Long>call(session -> BackfillRows.of(session)
                        .find(REALM, "other")
                        .orElseThrow()
                        .counts()
                        .walked()))
                .isPositive();
    }

    @Test
    void withoutARunAPollPausesForNothing() {
        fixture.poll();

        assertThat(fixture.pauses).isEmpty();
    }
}
