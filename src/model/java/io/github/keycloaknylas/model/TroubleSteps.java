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

    record Becomes(String realm, ProviderIs provider) implements Step {

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

    /** The administrator puts another key in: gates that the old one closed open. */
    record ApiKey(String key) implements Step {

        @Override
        public void run(World world) {
            world.options().with(Rig.API_KEY, key);
        }
    }

    /** Somebody deletes the grant in Nylas' dashboard. */
    record LosesGrant(String mailbox) implements Step {

        @Override
        public void run(World world) {
            world.nylas().lose(mailbox);
        }
    }
}
