package io.github.keycloaknylas.backfill;

import static io.github.keycloaknylas.backfill.BackfillFixture.mailbox;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.support.store.Engine;
import java.util.Map;

/** A provider whose links have stored tokens. */
abstract class BackfillTestBase {

    final BackfillFixture fixture;

    BackfillTestBase(Engine engine) {
        fixture = new BackfillFixture(engine);
    }

    Map<String, Long> skipped() {
        return fixture.run().counts().skipped();
    }

    /** A sign-in that was merged, or that was handed over if it has a grant. */
    void known(String name, boolean waits) {
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

    void handOverAll() {
        fixture.call(session -> session.getProvider(org.keycloak.connections.jpa.JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("update GrantEntity g set g.state = 'CONNECTED', g.handover.state = 'NONE'")
                .executeUpdate());
    }
}
