package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.EvidenceType;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.Map;

/** What happens to accounts and users. Where it is proven, an event wrote evidence in the transaction of the change. */
final class LinkSteps {

    private LinkSteps() {}

    /** An account is linked, away from whoever had it and in place of whatever the user had. */
    record Links(String user, Account account, boolean proven) implements Step {

        @Override
        public void run(World world) {
            Mailbox mailbox = account.mailbox(world);
            if (!world.hasUser(account.realm(), user) || world.truth().isLinked(mailbox, user)) {
                return;
            }
            world.truth().owner(mailbox).ifPresent(owner -> unlink(world, mailbox, owner, proven));
            world.truth().accountOf(account.realm(), user).ifPresent(old -> unlink(world, old, user, proven));
            world.link(mailbox, user);
        }
    }

    /**
     * An account is unlinked.
     *
     * @param commits false where Keycloak refuses the unlink after its event
     */
    record Unlinks(Account account, boolean proven, boolean commits) implements Step {

        @Override
        public void run(World world) {
            Mailbox mailbox = account.mailbox(world);
            world.truth().owner(mailbox).ifPresent(user -> {
                if (commits) {
                    unlink(world, mailbox, user, proven);
                } else {
                    world.proven(EvidenceType.LINK_REMOVED, mailbox, user, null, false);
                }
            });
        }
    }

    /** A user is removed; unproven where a directory did not answer for the user. */
    record IsRemoved(String realm, String user, boolean proven) implements Step {

        @Override
        public void run(World world) {
            if (!world.hasUser(realm, user)) {
                return;
            }
            if (proven) {
                world.proven(EvidenceType.USER_REMOVED, new Mailbox(realm, null, null), user, null, true);
                world.rows().look().grants().stream()
                        .filter(row -> row.userId().equals(user)
                                && row.mailbox().realmId().equals(realm))
                        .forEach(row -> world.truth().proves(row.mailbox(), user, world.now()));
            }
            world.truth().accountOf(realm, user).ifPresent(mailbox -> {
                world.unlink(mailbox, user);
                if (proven) {
                    world.truth().proves(mailbox, user, world.now());
                }
            });
            world.rig().keycloak.removeUser(realm, user);
        }
    }

    /** The provider is deleted and created again, or overwritten: no event tells of the links that vanish. */
    record IsCreatedAgain(String realm, boolean linksStay) implements Step {

        @Override
        public void run(World world) {
            if (!linksStay) {
                linksOf(world, realm).forEach(world::unlink);
            }
        }
    }

    /** The provider gets another alias: Keycloak 26.4 moves the links, otherwise it was deleted and created again. */
    record IsRenamed(String realm, boolean linksMove) implements Step {

        @Override
        public void run(World world) {
            Map<Mailbox, String> links = linksOf(world, realm);
            links.forEach(world::unlink);
            world.rename(realm);
            if (linksMove) {
                links.forEach((from, user) -> {
                    Mailbox to = new Mailbox(realm, world.alias(realm), from.subject());
                    world.link(to, user);
                    world.proven(EvidenceType.LINK_RENAMED, from, user, to.alias(), true);
                    world.truth().moved(from, to);
                });
            }
        }
    }

    private static Map<Mailbox, String> linksOf(World world, String realm) {
        Map<Mailbox, String> links = world.truth().links();
        links.keySet().removeIf(mailbox -> !mailbox.realmId().equals(realm));
        return links;
    }

    private static void unlink(World world, Mailbox mailbox, String user, boolean proven) {
        if (proven) {
            world.proven(EvidenceType.LINK_REMOVED, mailbox, user, null, true);
        }
        world.unlink(mailbox, user);
    }
}
