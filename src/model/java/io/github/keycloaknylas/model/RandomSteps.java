package io.github.keycloaknylas.model;

import io.github.keycloaknylas.model.EnvironmentSteps.AdvanceClock;
import io.github.keycloaknylas.model.EnvironmentSteps.HideApplication;
import io.github.keycloaknylas.model.EnvironmentSteps.LoseGrant;
import io.github.keycloaknylas.model.EnvironmentSteps.SetApiKey;
import io.github.keycloaknylas.model.EnvironmentSteps.SetDirectory;
import io.github.keycloaknylas.model.EnvironmentSteps.SetProvider;
import io.github.keycloaknylas.model.EnvironmentSteps.SetReadOnly;
import io.github.keycloaknylas.model.EnvironmentSteps.SetSealKey;
import io.github.keycloaknylas.model.EnvironmentSteps.SetUnknownState;
import io.github.keycloaknylas.model.GrantSteps.DeliverNotifications;
import io.github.keycloaknylas.model.GrantSteps.DropNotifications;
import io.github.keycloaknylas.model.GrantSteps.ExpireGrant;
import io.github.keycloaknylas.model.GrantSteps.LookAtGrant;
import io.github.keycloaknylas.model.GrantSteps.ReconcileGrants;
import io.github.keycloaknylas.model.GrantSteps.RenewGrant;
import io.github.keycloaknylas.model.GrantSteps.TurnGrant;
import io.github.keycloaknylas.model.LinkSteps.LinkAccount;
import io.github.keycloaknylas.model.LinkSteps.RecreateProvider;
import io.github.keycloaknylas.model.LinkSteps.RemoveUser;
import io.github.keycloaknylas.model.LinkSteps.RenameProvider;
import io.github.keycloaknylas.model.LinkSteps.UnlinkAccount;
import io.github.keycloaknylas.model.LoginSteps.CompleteLogin;
import io.github.keycloaknylas.model.LoginSteps.ReceiveToken;
import io.github.keycloaknylas.model.WorkerSteps.CallNylas;
import io.github.keycloaknylas.model.WorkerSteps.CleanUp;
import io.github.keycloaknylas.model.WorkerSteps.DeleteGrant;
import io.github.keycloaknylas.model.WorkerSteps.KillNode;
import io.github.keycloaknylas.model.WorkerSteps.LeaseDeletion;
import io.github.keycloaknylas.model.WorkerSteps.LeaseRow;
import io.github.keycloaknylas.model.WorkerSteps.MergeCaptures;
import io.github.keycloaknylas.model.WorkerSteps.PrepareHandover;
import io.github.keycloaknylas.model.WorkerSteps.ProcessEvidence;
import io.github.keycloaknylas.model.WorkerSteps.SweepLinks;
import io.github.keycloaknylas.model.WorkerSteps.SyncAttributes;
import java.util.ArrayList;
import java.util.List;

/** Chooses single steps of each kind, and what happens while Nylas answers. */
final class RandomSteps {

    private static final List<String> TYPES =
            List.of("grant.created", "grant.updated", "grant.expired", "grant.deleted");

    private final Choices choices;
    /** Whether some notifications never arrive. */
    private final boolean dropsSome;

    private int logins;

    RandomSteps(Choices choices) {
        this.choices = choices;
        this.dropsSome = choices.most(40);
    }

    /** Returns the number of a login that begins. */
    int login() {
        return ++logins;
    }

    Step arrives(int login, Account account) {
        String person = choices.most(88) ? account.name() : account.name() + "2";
        return new ReceiveToken(
                login,
                choices.node(),
                account,
                person,
                choices.most(85) ? person : stranger(account),
                choices.most(95));
    }

    private static String stranger(Account account) {
        return account.name().equals("ada") ? "bob" : "ada";
    }

    Step completes(int login) {
        return new CompleteLogin(
                login,
                choices.node(),
                choices.most(70) ? "first" : choices.user(),
                choices.most(5),
                choices.most(93),
                choices.most(10));
    }

    /** Something becomes of grants in the dashboard, at the provider or by another system. */
    Step atNylas() {
        return switch (choices.below(6)) {
            case 0, 1 -> new ExpireGrant(choices.mailbox());
            case 2, 3 -> new LoseGrant(choices.mailbox());
            case 4 -> new RenewGrant(choices.mailbox());
            default -> new TurnGrant(choices.mailbox());
        };
    }

    Step notifications() {
        String type = choices.one(TYPES);
        return dropsSome && choices.most(20)
                ? new DropNotifications(type)
                : new DeliverNotifications(type, choices.most(70) ? 1 : 2);
    }

    Step worker() {
        return switch (choices.below(13)) {
            case 0 -> new MergeCaptures(choices.node());
            case 1 -> new LeaseRow(choices.node());
            case 2 -> new PrepareHandover(choices.node());
            case 3 -> new CallNylas(choices.node(), choices.outcome(), meanwhile());
            case 4 -> new SyncAttributes(choices.node());
            case 5 -> new ProcessEvidence(choices.node());
            case 6 -> new LeaseDeletion(choices.node());
            case 7 -> new DeleteGrant(choices.node(), choices.outcome(), meanwhile());
            case 8 -> new CleanUp(choices.node());
            case 9 -> new SweepLinks(choices.node());
            case 10 -> new LookAtGrant(choices.node(), choices.lookOutcome(), meanwhile());
            case 11 -> new ReconcileGrants(choices.node(), choices.below(4), choices.lookOutcome(), meanwhile());
            default -> new KillNode(choices.node());
        };
    }

    Step links() {
        return switch (choices.below(9)) {
            case 0, 1, 2 -> new LinkAccount(choices.user(), choices.account(), choices.most(70));
            case 3, 4 -> new UnlinkAccount(choices.account(), choices.most(80), choices.most(90));
            case 5 -> new RemoveUser(choices.one(Simulation.REALMS), choices.user(), choices.most(80));
            case 6 -> new RenameProvider(choices.one(Simulation.REALMS), choices.most(65));
            case 7 -> new RecreateProvider(choices.one(Simulation.REALMS), choices.most(30));
            default -> new ProcessEvidence(choices.node());
        };
    }

    Step environment() {
        return switch (choices.below(10)) {
            case 0, 1 -> new SetProvider(choices.one(Simulation.REALMS), choices.one(List.of(ProviderSetup.values())));
            case 2 -> new SetDirectory(choices.most(60));
            case 3 -> new SetReadOnly(choices.one(Simulation.REALMS), choices.user(), choices.most(50));
            case 4 -> new SetSealKey(choices.most(60));
            case 5 -> new SetApiKey("server-key-" + choices.below(3));
            case 6 -> new HideApplication(choices.most(40));
            case 7 -> new LoseGrant(choices.mailbox());
            case 8 -> new SetUnknownState(choices.account(), choices.most(50));
            default ->
                new CompleteLogin(1 + choices.below(logins + 1), choices.node(), choices.user(), false, true, false);
        };
    }

    List<Step> meanwhile() {
        List<Step> meanwhile = new ArrayList<>();
        while (choices.most(25)) {
            int node = choices.node();
            meanwhile.addAll(
                    switch (choices.below(10)) {
                        case 8 -> List.of(atNylas(), notifications());
                        case 9 -> List.of(notifications(), new LookAtGrant(node, choices.lookOutcome(), List.of()));
                        case 0 -> List.of(links());
                        case 1 -> List.of(new AdvanceClock(choices.timeOfACall()));
                        case 2 -> List.of(new MergeCaptures(node));
                        case 3 -> List.of(new LeaseRow(node), new PrepareHandover(node));
                        case 4 -> List.of(new LeaseDeletion(node), new DeleteGrant(node, choices.outcome(), List.of()));
                        case 5 -> List.of(new ProcessEvidence(node));
                        case 6 ->
                            List.of(arrives(login(), choices.account()), completes(logins), new MergeCaptures(node));
                        default ->
                            List.of(logins == 0 ? new MergeCaptures(node) : completes(1 + choices.below(logins)));
                    });
        }
        return List.copyOf(meanwhile);
    }
}
