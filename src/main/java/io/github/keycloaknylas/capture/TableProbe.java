package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.ExpectedIdentity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Knows whether our tables can be read and written. On PostgreSQL a failed statement spoils the whole login even if its
 * exception is caught, so capture is off until a probe, in a transaction of its own, has shown that they can.
 */
final class TableProbe {

    private static final Logger LOG = Logger.getLogger(TableProbe.class);
    private static final long REPEAT_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong probedAt;
    private volatile boolean usable;

    TableProbe(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.probedAt = new AtomicLong(nanoTime.getAsLong() - REPEAT_NANOS);
    }

    void watch(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                probedAt.set(nanoTime.getAsLong());
                probe(factory);
            }
        });
    }

    /** Whether the tables were usable when last looked at. Where they were not, they are looked at again meanwhile. */
    boolean usable(KeycloakSession session) {
        if (!usable) {
            probeSoon(session);
        }
        return usable;
    }

    /** Runs statements of a login; if one fails, no further login tries until a probe has succeeded. */
    <T> T guard(Supplier<T> statements) {
        try {
            return statements.get();
        } catch (RuntimeException e) {
            usable = false;
            throw e;
        }
    }

    private void probeSoon(KeycloakSession session) {
        long last = probedAt.get();
        long now = nanoTime.getAsLong();
        if (now - last >= REPEAT_NANOS && probedAt.compareAndSet(last, now)) {
            KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
            session.getProvider(ExecutorsProvider.class)
                    .getExecutor("nylas-upkeep")
                    .submit(() -> probe(factory));
        }
    }

    private void probe(KeycloakSessionFactory factory) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, TableProbe::touch);
            usable = true;
        } catch (RuntimeException e) {
            usable = false;
            LOG.errorf(
                    "Nylas grants: the tables NYLAS_CAPTURE and NYLAS_GRANT cannot be used (%s), so no sign-in is captured."
                            + " Logins go on. Run the migration (docs/install.md, 'Database') and check the rights of"
                            + " Keycloak's database user.",
                    e.getClass().getName());
            LOG.debug("Table probe failed", e);
        }
    }

    private static void touch(KeycloakSession session) {
        Mailbox nobody = new Mailbox("-", "-", UUID.randomUUID().toString());
        Ledger.of(session).standing(nobody);
        Captures captures = Captures.of(session);
        CaptureEntity row = new CaptureEntity(
                nobody, "-", new SealedToken("-", "-", 0), new ExpectedIdentity(null, null, null, null, null), 0);
        captures.insert(row);
        captures.remove(row);
    }
}
