package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.RealmModel;

/** Runs the extension's part of a login so that its failures never reach the login: they are logged and counted. */
final class LoginGuard {

    private static final Logger LOG = Logger.getLogger(LoginGuard.class);

    private final ThrottledWarnings warnings;

    LoginGuard(InstantSource clock) {
        this.warnings = new ThrottledWarnings(LOG, clock);
    }

    void run(RealmModel realm, BrokeredIdentityContext context, Runnable step) {
        test(realm, context, () -> {
            step.run();
            return true;
        });
    }

    /** Returns the result of the step, or false if it failed. */
    boolean test(RealmModel realm, BrokeredIdentityContext context, BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            report(realm, context, e);
            return false;
        }
    }

    void warn(RealmModel realm, BrokeredIdentityContext context, String sentence) {
        warnings.warn(realm.getName(), context.getIdpConfig().getAlias(), sentence);
    }

    // Reporting needs the same classes and the same context that may just have failed.
    private void report(RealmModel realm, BrokeredIdentityContext context, Throwable failure) {
        try {
            LOG.debug("Capture failed", failure);
            warn(realm, context, failure instanceof SealException seal ? seal.getMessage() : sentence(failure));
            Meters.captureFailed();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A failed capture could not be reported", e);
        }
    }

    private static String sentence(Throwable failure) {
        return "A sign-in could not be captured (" + failure.getClass().getName()
                + "). The login continues, and the next one tries again. Debug logging of " + LOG.getName()
                + " shows the cause.";
    }
}
