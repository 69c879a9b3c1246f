package io.github.keycloaknylas.support.store;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakTransaction;

/** The transaction of a session, which begins when the session first asks for the database, if it ever does. */
final class SessionTransaction {

    private final List<KeycloakTransaction> steps = new ArrayList<>();
    private EntityManager em;
    private boolean rollbackOnly;

    EntityManager in(TestDatabase database) {
        if (em == null) {
            em = database.entityManager();
            em.getTransaction().begin();
        }
        return em;
    }

    /** To run before the commit, as Keycloak does. */
    void prepare(KeycloakTransaction step) {
        step.begin();
        steps.add(step);
    }

    void setRollbackOnly() {
        rollbackOnly = true;
    }

    /** Commits, unless it was set to roll back. */
    void end() {
        if (!rollbackOnly) {
            steps.forEach(KeycloakTransaction::commit);
        }
        steps.clear();
        if (em != null) {
            try (EntityManager open = em) {
                if (rollbackOnly) {
                    open.getTransaction().rollback();
                } else {
                    open.getTransaction().commit();
                }
            }
        }
    }
}
