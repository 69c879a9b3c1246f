package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What is stored in the tables, with the tokens unsealed. */
final class Rows {

    private final Simulation simulation;
    private static final List<String> TABLES =
            List.of("NYLAS_CAPTURE", "NYLAS_GRANT", "NYLAS_DELETION", "NYLAS_EVIDENCE", "NYLAS_HISTORY");

    private final Map<String, String> opened = new HashMap<>();
    private Snapshot last = new Snapshot(List.of(), List.of(), List.of(), Map.of(), List.of(), Map.of());
    /** By table, how much was written to it when it was read last. */
    private Map<String, Long> seen = Map.of();

    /** The tables at one moment. */
    record Snapshot(
            List<CaptureEntity> captures,
            List<GrantEntity> grants,
            List<DeletionEntity> deletions,
            Map<String, String> reasons,
            List<EvidenceEntity> evidence,
            Map<String, String> history) {

        /** What the history says last of the state of a mailbox. */
        Optional<String> lastEvent(GrantEntity row) {
            return Optional.ofNullable(history.get(row.mailbox().hash()));
        }

        /** Why a grant is to be deleted. */
        String reason(DeletionEntity deletion) {
            return reasons.get(deletion.grantHash());
        }

        Optional<GrantEntity> row(Mailbox mailbox) {
            return grants.stream().filter(row -> row.mailbox().equals(mailbox)).findFirst();
        }

        Optional<GrantEntity> row(String id) {
            return grants.stream().filter(row -> row.id().equals(id)).findFirst();
        }

        /** Rows that hold a grant, shown or not. */
        List<GrantEntity> holding(String grantId) {
            return grants.stream()
                    .filter(row -> row.ownGrant()
                            .filter(grant -> grant.grantId().equals(grantId))
                            .isPresent())
                    .toList();
        }

        Optional<DeletionEntity> deletion(String grantId) {
            return deletions.stream()
                    .filter(deletion -> deletion.grantId().equals(grantId))
                    .findFirst();
        }
    }

    Rows(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Most steps change nothing, so most looks see what the last one saw. No step leaves a transaction open. */
    Snapshot snapshot() {
        Map<String, Long> writes = writes();
        if (!writes.equals(seen)) {
            last = fresh(table -> !writes.get(table).equals(seen.get(table)));
            seen = writes;
        }
        return last;
    }

    private Map<String, Long> writes() {
        return TABLES.stream().collect(Collectors.toMap(table -> table, simulation.system().database::writes));
    }

    boolean isInFlight(String rowId, long now) {
        return snapshot().row(rowId).filter(row -> row.isInFlight(now)).isPresent();
    }

    private Snapshot fresh(Predicate<String> changed) {
        return KeycloakModelUtils.runJobInTransactionWithResult(simulation.system().sessions, session -> {
            session.getContext().setRealm(session.realms().getRealm(Simulation.REALMS.get(0)));
            Snapshot snapshot =
                    read(session.getProvider(JpaConnectionProvider.class).getEntityManager(), changed);
            open(session, snapshot);
            return snapshot;
        });
    }

    private Snapshot read(EntityManager em, Predicate<String> changed) {
        List<DeletionEntity> deletions =
                changed.test("NYLAS_DELETION") ? all(em, DeletionEntity.class) : last.deletions();
        return new Snapshot(
                changed.test("NYLAS_CAPTURE") ? all(em, CaptureEntity.class) : last.captures(),
                changed.test("NYLAS_GRANT") ? all(em, GrantEntity.class) : last.grants(),
                deletions,
                deletions.isEmpty() ? Map.of() : changed.test("NYLAS_DELETION") ? reasons(em) : last.reasons(),
                changed.test("NYLAS_EVIDENCE") ? all(em, EvidenceEntity.class) : last.evidence(),
                changed.test("NYLAS_HISTORY") ? history(em) : last.history());
    }

    // The order of IDs is that of the steps, whatever the clocks of the nodes say.
    private static Map<String, String> history(EntityManager em) {
        return em.createQuery(
                        "select h.keyHash, h.event from HistoryEntity h where h.event in ('CONNECTED', 'REFUSED',"
                                + " 'HELD', 'EXPIRED', 'VALID_AGAIN', 'MISSING', 'RELEASED')"
                                + " or h.reason = 'token_outlived' order by h.id",
                        Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1], (first, last) -> last));
    }

    private static <T> List<T> all(EntityManager em, Class<T> entity) {
        return em.createQuery("select e from " + entity.getSimpleName() + " e", entity)
                .getResultList();
    }

    private static Map<String, String> reasons(EntityManager em) {
        return em.createQuery("select d.grantHash, d.reason from DeletionEntity d", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }

    /** The model's knowledge of a sealed token; one that nobody issued is a violation by itself. */
    Token token(SealedToken sealed) {
        String text = opened.get(sealed.text());
        return simulation
                .reference()
                .token(text)
                .orElseThrow(
                        () -> new Violation("A token that does not open, or that Microsoft never issued: " + text));
    }

    // Remembered, since the key may be gone at the next look.
    private void open(KeycloakSession session, Snapshot snapshot) {
        snapshot.captures().stream()
                .filter(capture -> !capture.isSpent())
                .forEach(capture -> open(session, capture.mailbox(), capture.token()));
        snapshot.grants().forEach(row -> row.waitingToken().ifPresent(token -> open(session, row.mailbox(), token)));
    }

    private void open(KeycloakSession session, Mailbox mailbox, SealedToken sealed) {
        opened.computeIfAbsent(sealed.text(), text -> {
            try {
                return Seal.open(session, mailbox, sealed);
            } catch (SealException e) {
                throw new Violation("A token that does not open where it lies: " + e.getMessage());
            }
        });
    }
}
