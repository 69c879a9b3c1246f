package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Rows that a newer version of the extension keeps in a state that this one does not know: nobody writes to them. */
final class UnknownStates {

    private static final String UNKNOWN = "DECLINED_BY_A_NEWER_VERSION";

    private record Left(GrantState before, int version) {}

    private final Simulation simulation;
    private final Map<String, Left> rows = new HashMap<>();

    UnknownStates(Simulation simulation) {
        this.simulation = simulation;
    }

    boolean isUnknown(GrantEntity row) {
        return rows.containsKey(row.id());
    }

    void take(Mailbox mailbox) {
        simulation.rows().snapshot().row(mailbox).filter(row -> !isUnknown(row)).ifPresent(row -> {
            GrantState before = row.state().orElseThrow();
            rows.put(row.id(), new Left(before, change(row.id(), UNKNOWN)));
        });
    }

    void giveBack() {
        check();
        rows.forEach((id, left) -> change(id, left.before().name()));
        rows.clear();
    }

    void check() {
        rows.forEach((id, left) -> {
            Integer version = in(em -> version(em, id));
            Violation.unless(
                    version != null && version == left.version(), "Row %s is changed in a state that is not known", id);
        });
    }

    private int change(String id, String state) {
        return in(em -> {
            em.createQuery("update GrantEntity g set g.state = :state, g.version = g.version + 1 where g.id = :id")
                    .setParameter("state", state)
                    .setParameter("id", id)
                    .executeUpdate();
            return version(em, id);
        });
    }

    private static Integer version(EntityManager em, String id) {
        return em.createQuery("select g.version from GrantEntity g where g.id = :id", Integer.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private <T> T in(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                simulation.system().sessions,
                session -> work.apply(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }
}
