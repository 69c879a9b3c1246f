package io.github.keycloaknylas.model;

import java.time.Duration;

/** Steps of the environment: time, administrators and faults. */
final class EnvironmentSteps {

    private EnvironmentSteps() {}

    record AdvanceClock(Duration time) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.pass(time);
        }
    }

    record SetProvider(String realm, ProviderSetup provider) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.provider(realm, provider);
        }
    }

    record SetDirectory(boolean up) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.directory(up);
        }
    }

    record SetReadOnly(String realm, String user, boolean refuses) implements Step {

        @Override
        public void run(Simulation simulation) {
            if (simulation.hasUser(realm, user)) {
                simulation.system().keycloak.user(realm, user).refuseWrites(refuses);
            }
        }
    }

    record SetSealKey(boolean there) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.sealKey(there);
        }
    }

    /** The administrator puts another key in, maybe one of another application. */
    record SetApiKey(String key) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.options().with(SystemUnderTest.API_KEY, key);
        }
    }

    /** Nylas does not tell which application a key belongs to, or does again. */
    record HideApplication(boolean silent) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.nylas().silent(silent);
        }
    }

    /** Somebody deletes the mailbox' grants in Nylas' dashboard. */
    record LoseGrant(String mailbox) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.book().lose(mailbox);
        }
    }

    /**
     * A newer version of the extension puts a row into a state that this one does not know, or gives all of them back.
     */
    record SetUnknownState(Account account, boolean foreign) implements Step {

        @Override
        public void run(Simulation simulation) {
            if (foreign) {
                // A notice that is processed meanwhile has no effect.
                simulation.notifications().missed();
                simulation.unknownStates().take(account.mailbox(simulation));
            } else {
                simulation.unknownStates().giveBack();
            }
        }
    }
}
