package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.EvidenceType;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.Map;

/** What happens to accounts and users. Where it is proven, an event wrote evidence in the transaction of the change. */
final class LinkSteps {

    private LinkSteps() {}

    /** An account is linked, away from whoever had it and in place of whatever the user had. */
    record LinkAccount(String user, Account account, boolean proven) implements Step {

        @Override
        public void run(Simulation simulation) {
            Mailbox mailbox = account.mailbox(simulation);
            if (!simulation.hasUser(account.realm(), user)
                    || simulation.reference().isLinked(mailbox, user)) {
                return;
            }
            simulation.reference().owner(mailbox).ifPresent(owner -> unlink(simulation, mailbox, owner, proven));
            simulation
                    .reference()
                    .accountOf(account.realm(), user)
                    .ifPresent(old -> unlink(simulation, old, user, proven));
            simulation.link(mailbox, user);
        }
    }

    /**
     * An account is unlinked.
     *
     * @param commits false where Keycloak refuses the unlink after its event
     */
    record UnlinkAccount(Account account, boolean proven, boolean commits) implements Step {

        @Override
        public void run(Simulation simulation) {
            Mailbox mailbox = account.mailbox(simulation);
            simulation.reference().owner(mailbox).ifPresent(user -> {
                if (commits) {
                    unlink(simulation, mailbox, user, proven);
                } else {
                    simulation.proven(EvidenceType.LINK_REMOVED, mailbox, user, null, false);
                }
            });
        }
    }

    /** A user is removed; unproven where a directory did not answer for the user. */
    record RemoveUser(String realm, String user, boolean proven) implements Step {

        @Override
        public void run(Simulation simulation) {
            if (!simulation.hasUser(realm, user)) {
                return;
            }
            if (proven) {
                simulation.proven(EvidenceType.USER_REMOVED, new Mailbox(realm, null, null), user, null, true);
                simulation.rows().snapshot().grants().stream()
                        .filter(row -> row.userId().equals(user)
                                && row.mailbox().realmId().equals(realm))
                        .forEach(row -> simulation.reference().proves(row.mailbox(), user, simulation.now()));
            }
            simulation.reference().accountOf(realm, user).ifPresent(mailbox -> {
                simulation.unlink(mailbox, user);
                if (proven) {
                    simulation.reference().proves(mailbox, user, simulation.now());
                }
            });
            simulation.system().keycloak.removeUser(realm, user);
        }
    }

    /** The provider is deleted and created again, or overwritten: no event tells of the links that vanish. */
    record RecreateProvider(String realm, boolean linksStay) implements Step {

        @Override
        public void run(Simulation simulation) {
            if (!linksStay) {
                linksOf(simulation, realm).forEach(simulation::unlink);
            }
        }
    }

    /** The provider gets another alias: Keycloak 26.4 moves the links, otherwise it was deleted and created again. */
    record RenameProvider(String realm, boolean linksMove) implements Step {

        @Override
        public void run(Simulation simulation) {
            Map<Mailbox, String> links = linksOf(simulation, realm);
            links.forEach(simulation::unlink);
            simulation.rename(realm);
            if (linksMove) {
                links.forEach((from, user) -> {
                    Mailbox to = new Mailbox(realm, simulation.alias(realm), from.subject());
                    simulation.link(to, user);
                    simulation.proven(EvidenceType.LINK_RENAMED, from, user, to.alias(), true);
                    simulation.reference().moved(from, to);
                });
            }
        }
    }

    private static Map<Mailbox, String> linksOf(Simulation simulation, String realm) {
        Map<Mailbox, String> links = simulation.reference().links();
        links.keySet().removeIf(mailbox -> !mailbox.realmId().equals(realm));
        return links;
    }

    private static void unlink(Simulation simulation, Mailbox mailbox, String user, boolean proven) {
        if (proven) {
            simulation.proven(EvidenceType.LINK_REMOVED, mailbox, user, null, true);
        }
        simulation.unlink(mailbox, user);
    }
}
