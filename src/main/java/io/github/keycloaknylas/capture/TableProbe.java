package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.LedgerView;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Tracks whether the extension's tables can be read and written. On PostgreSQL a failed statement spoils the whole
 * login even if its exception is caught, so capture is off until a probe, in a transaction of its own, has succeeded.
 */
public final class TableProbe {

    private static final Logger LOG = Logger.getLogger(TableProbe.class);
    private static final long REPEAT_NANOS = Duration.ofSeconds(30).toNanos();

    private final Consumer<KeycloakSession> touch;
    private final String code;
    private final String tables;
    private final String consequence;
    private final LongSupplier nanoTime;
    private final AtomicLong probedAt;
    private volatile boolean usable;

    TableProbe(LongSupplier nanoTime) {
        this(
                nanoTime,
                TableProbe::touch,
                "NYLAS-1114",
                "tables NYLAS_CAPTURE and NYLAS_GRANT",
                "no sign-in is captured. Logins continue.");
    }

    private TableProbe(
            LongSupplier nanoTime, Consumer<KeycloakSession> touch, String code, String tables, String consequence) {
        this.touch = touch;
        this.code = code;
        this.tables = tables;
        this.consequence = consequence;
        this.nanoTime = nanoTime;
        this.probedAt = new AtomicLong(nanoTime.getAsLong() - REPEAT_NANOS);
    }

    /** Creates a probe for the evidence table, whose failure must not affect the capture. */
    public static TableProbe ofEvidence(LongSupplier nanoTime) {
        return new TableProbe(
                nanoTime,
                TableProbe::touchEvidence,
                "NYLAS-1507",
                "table NYLAS_EVIDENCE",
                "grants of unlinked accounts and removed users stay at Nylas until an administrator confirms.");
    }

    /** Probes once the server has migrated its database. */
    public void watch(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                probedAt.set(nanoTime.getAsLong());
                probe(factory);
            }
        });
    }

    /** Returns whether the tables were usable at the last probe. If not, another probe runs meanwhile. */
    public boolean usable(KeycloakSession session) {
        if (!usable) {
            probeSoon(session);
        }
        return usable;
    }

    /** Runs statements of a login; after a failure, no further login runs any until a probe has succeeded. */
    public <T> T guard(Supplier<T> statements) {
        try {
            return statements.get();
        } catch (RuntimeException | Error e) {
            usable = false;
            throw e;
        }
    }

    private void probeSoon(KeycloakSession session) {
        long last = probedAt.get();
        long now = nanoTime.getAsLong();
        if (now - last >= REPEAT_NANOS && probedAt.compareAndSet(last, now)) {
            KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
            submit(session.getProvider(ExecutorsProvider.class).getExecutor("nylas-upkeep"), () -> probe(factory));
        }
    }

    // If no thread can be created, the executor throws an OutOfMemoryError, which must not fail a login.
    private static void submit(ExecutorService upkeep, Runnable probe) {
        try {
            upkeep.submit(probe);
        } catch (RuntimeException | Error e) {
            LOG.debug("The tables are not probed now; a later login tries again", e);
        }
    }

    private void probe(KeycloakSessionFactory factory) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, touch::accept);
            usable = true;
        } catch (RuntimeException | LinkageError e) {
            usable = false;
            LOG.errorf(
                    code
                            + ": Nylas grants: the %s cannot be used (%s), so %s Run the migration (docs/install.md, 'Database')"
                            + " and check the rights of Keycloak's database user.",
                    tables,
                    e.getClass().getName(),
                    consequence);
            LOG.debug("Table probe failed", e);
        }
    }

    private static void touch(KeycloakSession session) {
        Mailbox nobody = new Mailbox("-", "-", UUID.randomUUID().toString());
        LedgerView.of(session).grantStatus(nobody);
        Captures captures = Captures.of(session);
        CaptureEntity row = new CaptureEntity(
                nobody, "-", new SealedToken("-", "-", 0), new ExpectedIdentity(null, null, null, null, null), 0);
        captures.insert(row);
        captures.remove(row);
    }

    private static void touchEvidence(KeycloakSession session) {
        Evidence evidence = Evidence.of(session);
        EvidenceEntity row = EvidenceEntity.userRemoved("-", "-", 0);
        evidence.insert(List.of(row));
        evidence.remove(row);
    }
}
