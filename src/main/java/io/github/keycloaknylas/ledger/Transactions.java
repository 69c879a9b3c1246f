package io.github.keycloaknylas.ledger;

import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Short transactions of the workers, each in a session of its own. */
public final class Transactions {

    private static final int ATTEMPTS = 3;

    private final KeycloakSessionFactory factory;

    /** @param factory makes a session for each transaction */
    public Transactions(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    /** Runs a job in a transaction and returns its result. */
    public <T> T call(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, job::apply);
    }

    /** Runs a job in a transaction. */
    public void run(Consumer<KeycloakSession> job) {
        KeycloakModelUtils.runJobInTransaction(factory, job::accept);
    }

    /** Repeats a job that failed because another node changed the same row, so that no result of a call is lost. */
    public <T> T callRetrying(Function<KeycloakSession, T> job) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call(job);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Repeats a job as {@link #callRetrying} does. */
    public void retrying(Consumer<KeycloakSession> job) {
        callRetrying(session -> {
            job.accept(session);
            return null;
        });
    }

    /**
     * Binds a session to a realm. Required before any other use, since vault, users and providers belong to a realm.
     *
     * @return the realm, or null if it does not exist any more
     */
    public static RealmModel bind(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        return realm;
    }
}
