package io.github.keycloaknylas.delivery;

import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Notifies the workers after the request's transaction is committed. Does nothing after a rollback. */
public final class AfterCompletion extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(AfterCompletion.class);

    private final Delivery delivery;
    private final Consumer<Delivery> message;

    private AfterCompletion(Delivery delivery, Consumer<Delivery> message) {
        this.delivery = delivery;
        this.message = message;
    }

    /**
     * Notifies them once the session's transaction is committed.
     *
     * @param session of the request
     * @param message what they are told
     */
    public static void run(KeycloakSession session, Consumer<Delivery> message) {
        session.getTransactionManager()
                .enlistAfterCompletion(new AfterCompletion(session.getProvider(Delivery.class), message));
    }

    // An exception here would return a 500 to the user although the login is committed.
    @Override
    protected void commitImpl() {
        try {
            message.accept(delivery);
        } catch (RuntimeException | Error e) {
            LOG.debug("The workers were not notified of a change; their timer finds it", e);
        }
    }

    @Override
    protected void rollbackImpl() {}
}
