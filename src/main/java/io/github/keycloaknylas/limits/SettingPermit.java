package io.github.keycloaknylas.limits;

/**
 * Permission to read one row of a lane. Report the outcome, then close; closing without an outcome makes the next row
 * the trial.
 */
public final class SettingPermit implements AutoCloseable {

    private final CircuitBreakers breakers;
    private final SettingKey setting;
    private final long call;

    SettingPermit(CircuitBreakers breakers, SettingKey setting, long call) {
        this.breakers = breakers;
        this.setting = setting;
        this.call = call;
    }

    /** Reports that provider, mapper, connection, vault entry and seal key were found. */
    public void found() {
        breakers.found(setting);
    }

    /** Reports that one of them is missing. */
    public void missing() {
        breakers.missing(setting, call);
    }

    @Override
    public void close() {
        breakers.leave(setting, call);
    }
}
