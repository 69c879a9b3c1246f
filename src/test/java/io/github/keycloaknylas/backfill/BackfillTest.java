package io.github.keycloaknylas.backfill;

import static io.github.keycloaknylas.backfill.BackfillFixture.ALIAS;
import static io.github.keycloaknylas.backfill.BackfillFixture.REALM;
import static io.github.keycloaknylas.backfill.BackfillFixture.mailbox;
import static io.github.keycloaknylas.backfill.BackfillFixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which links of a provider are queued, and what the others are counted as. */
@OnEveryDatabase
class BackfillTest extends BackfillTestBase {

    BackfillTest(Engine engine) {
        super(engine);
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
    void theTotalIsThatOfTheBeginning() {
        fixture.people(3);
        fixture.start(true, 5);
        fixture.person("zoe");

        fixture.poll();

        assertThat(fixture.run().total()).isEqualTo(3);
        assertThat(fixture.run().counts().walked()).isEqualTo(4);
    }
}
