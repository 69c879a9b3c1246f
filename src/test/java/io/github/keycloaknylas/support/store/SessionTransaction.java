package io.github.keycloaknylas.support.store;

import jakarta.persistence.EntityManager;

/** The transaction of a session, which begins when the session first asks for the database, if it ever does. */
final class SessionTransaction {

    private EntityManager em;
    private boolean rollbackOnly;

    EntityManager in(TestDatabase database) {
        if (em == null) {
            em = database.entityManager();
            em.getTransaction().begin();
        }
        return em;
    }

    void setRollbackOnly() {
        rollbackOnly = true;
    }

    /** Commits, unless it was set to roll back. */
    void end() {
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
