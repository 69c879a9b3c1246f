package io.github.keycloaknylas.model;

import java.util.Optional;

/** What happens to accounts and users. Where nobody is told, the node died between the commit and its workers. */
final class LinkSteps {

    private LinkSteps() {}

    /** An account is linked, away from whoever had it. */
    record Links(String user, Account account, boolean told) implements Step {

        @Override
        public void run(World world) {
            Optional<Account> old = world.truth().accountOf(account.realm(), user);
            if (!world.hasUser(account.realm(), user)
                    || old.filter(account::equals).isPresent()) {
                return;
            }
            world.link(account, user);
            if (told) {
                old.ifPresent(left -> tell(world, left));
                tell(world, account);
            }
        }
    }

    record Unlinks(Account account, boolean told) implements Step {

        @Override
        public void run(World world) {
            world.truth().owner(account).ifPresent(user -> {
                world.unlink(account, user);
                if (told) {
                    tell(world, account);
                }
            });
        }
    }

    record IsRemoved(String realm, String user, boolean told) implements Step {

        @Override
        public void run(World world) {
            if (!world.hasUser(realm, user)) {
                return;
            }
            world.truth().accountOf(realm, user).ifPresent(account -> world.unlink(account, user));
            world.rig().keycloak.removeUser(realm, user);
            if (told) {
                world.node(0).workers().userGone(realm, user);
            }
        }
    }

    /** A message that comes late. */
    record IsLookedAt(Account account) implements Step {

        @Override
        public void run(World world) {
            tell(world, account);
        }
    }

    private static void tell(World world, Account account) {
        world.node(0).workers().linkChanged(account.mailbox());
    }
}
