package io.github.keycloaknylas.model;

import java.time.Duration;

/** What time, administrators and broken things do. */
final class TroubleSteps {

    private TroubleSteps() {}

    record Passes(Duration time) implements Step {

        @Override
        public void run(World world) {
            world.pass(time);
        }
    }

    record Becomes(String realm, ProviderSetup provider) implements Step {

        @Override
        public void run(World world) {
            world.provider(realm, provider);
        }
    }

    record Directory(boolean up) implements Step {

        @Override
        public void run(World world) {
            world.directory(up);
        }
    }

    record ReadOnly(String realm, String user, boolean refuses) implements Step {

        @Override
        public void run(World world) {
            if (world.hasUser(realm, user)) {
                world.rig().keycloak.user(realm, user).refuseWrites(refuses);
            }
        }
    }

    record SealKey(boolean there) implements Step {

        @Override
        public void run(World world) {
            world.sealKey(there);
        }
    }

    /** The administrator puts another key in, maybe one of another application. */
    record ApiKey(String key) implements Step {

        @Override
        public void run(World world) {
            world.options().with(Rig.API_KEY, key);
        }
    }

    /** Nylas does not tell which application a key belongs to, or does again. */
    record Silence(boolean silent) implements Step {

        @Override
        public void run(World world) {
            world.nylas().silent(silent);
        }
    }

    /** Somebody deletes the mailbox' grants in Nylas' dashboard. */
    record LosesGrant(String mailbox) implements Step {

        @Override
        public void run(World world) {
            world.nylas().lose(mailbox);
        }
    }

    /**
     * A newer version of the extension puts a row into a state that this one does not know, or gives all of them back.
     */
    record IsForeign(Account account, boolean foreign) implements Step {

        @Override
        public void run(World world) {
            if (foreign) {
                world.foreign().take(account.mailbox(world));
            } else {
                world.foreign().giveBack();
            }
        }
    }
}
