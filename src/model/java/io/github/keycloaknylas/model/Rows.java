package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What lies in the two tables, with the tokens opened. */
final class Rows {

    private final World world;
    private final Map<String, String> opened = new HashMap<>();
    private Look last;
    private long seenWrites;

    /** Both tables at one moment. */
    record Look(List<CaptureEntity> captures, List<GrantEntity> grants) {

        static Look at(KeycloakSession session) {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            return new Look(
                    em.createQuery("select c from CaptureEntity c", CaptureEntity.class)
                            .getResultList(),
                    em.createQuery("select g from GrantEntity g", GrantEntity.class)
                            .getResultList());
        }

        List<GrantEntity> showing(String grantId) {
            return grants.stream()
                    .filter(row -> row.shownGrant()
                            .filter(grant -> grant.grantId().equals(grantId))
                            .isPresent())
                    .toList();
        }
    }

    Rows(World world) {
        this.world = world;
    }

    /** Most steps change nothing, so most looks see what the last one saw. No step leaves a transaction open. */
    Look look() {
        long writes = world.rig().database.writes();
        if (last == null || writes != seenWrites) {
            last = fresh();
            seenWrites = writes;
        }
        return last;
    }

    boolean isInFlight(String rowId, long now) {
        return look().grants().stream().anyMatch(row -> row.id().equals(rowId) && row.isInFlight(now));
    }

    private Look fresh() {
        return KeycloakModelUtils.runJobInTransactionWithResult(world.rig().sessions, session -> {
            session.getContext().setRealm(session.realms().getRealm(World.REALMS.get(0)));
            Look look = Look.at(session);
            open(session, look);
            return look;
        });
    }

    /** The model's knowledge of a sealed token; one that nobody issued is a violation by itself. */
    Token token(SealedToken sealed) {
        String text = opened.get(sealed.text());
        return world.truth()
                .token(text)
                .orElseThrow(() -> new Violation("A token that Microsoft never issued: " + text));
    }

    // Remembered, since the key may be gone at the next look.
    private void open(KeycloakSession session, Look look) {
        look.captures().stream()
                .filter(capture -> !capture.isSpent())
                .forEach(capture -> open(session, capture.mailbox(), capture.token()));
        look.grants().forEach(row -> row.waitingToken().ifPresent(token -> open(session, row.mailbox(), token)));
    }

    private void open(KeycloakSession session, Mailbox mailbox, SealedToken sealed) {
        opened.computeIfAbsent(sealed.text(), text -> Seal.open(session, mailbox, sealed));
    }
}
