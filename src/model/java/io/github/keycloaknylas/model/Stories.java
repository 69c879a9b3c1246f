package io.github.keycloaknylas.model;

import io.github.keycloaknylas.model.EnvironmentSteps.AdvanceClock;
import io.github.keycloaknylas.model.EnvironmentSteps.LoseGrant;
import io.github.keycloaknylas.model.GrantSteps.DeliverNotifications;
import io.github.keycloaknylas.model.GrantSteps.ExpireGrant;
import io.github.keycloaknylas.model.GrantSteps.LookAtGrant;
import io.github.keycloaknylas.model.LinkSteps.LinkAccount;
import io.github.keycloaknylas.model.LinkSteps.UnlinkAccount;
import io.github.keycloaknylas.model.LoginSteps.CompleteLogin;
import io.github.keycloaknylas.model.WorkerSteps.CallNylas;
import io.github.keycloaknylas.model.WorkerSteps.DeleteGrant;
import io.github.keycloaknylas.model.WorkerSteps.LeaseDeletion;
import io.github.keycloaknylas.model.WorkerSteps.LeaseRow;
import io.github.keycloaknylas.model.WorkerSteps.MergeCaptures;
import io.github.keycloaknylas.model.WorkerSteps.PrepareHandover;
import io.github.keycloaknylas.model.WorkerSteps.ProcessEvidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens too rarely by itself: several steps in the order that makes a fault of the delivery visible. */
final class Stories {

    private final Choices choices;
    private final RandomSteps any;

    Stories(Choices choices, RandomSteps any) {
        this.choices = choices;
        this.any = any;
    }

    /** Somebody is unlinked while the token of the next sign-in is handed over, which takes longer than its lease. */
    List<Step> comesBack(Account account) {
        List<Step> steps = new ArrayList<>();
        int node = choices.node();
        int login = any.login();
        steps.add(new UnlinkAccount(account, true, true));
        steps.add(new ProcessEvidence(choices.node()));
        steps.add(new AdvanceClock(Duration.ofHours(25)));
        steps.add(new LinkAccount("first", account, true));
        steps.add(any.arrives(login, account));
        steps.add(new CompleteLogin(login, node, "first", false, true, false));
        steps.add(new MergeCaptures(node));
        steps.add(new LeaseRow(node));
        steps.add(new PrepareHandover(node));
        List<Step> meanwhile = new ArrayList<>();
        meanwhile.add(new UnlinkAccount(account, true, true));
        meanwhile.add(new ProcessEvidence(choices.node()));
        meanwhile.add(new AdvanceClock(choices.timeOfACall()));
        meanwhile.add(new LeaseDeletion(1 - node));
        meanwhile.add(new DeleteGrant(1 - node, choices.outcome(), List.of()));
        meanwhile.removeIf(step -> choices.most(10));
        steps.add(new CallNylas(node, choices.outcome(), List.copyOf(meanwhile)));
        return steps;
    }

    /** A grant expires, and its owner signs in again while Nylas is asked about it. */
    List<Step> isReconnectedDuringALook(Account account) {
        List<Step> steps = new ArrayList<>();
        int node = choices.node();
        int login = any.login();
        steps.add(new ExpireGrant(account.name()));
        steps.add(new DeliverNotifications("grant.expired", 1));
        steps.add(new LookAtGrant(choices.node(), CallOutcome.DONE, List.of()));
        steps.add(choices.one(List.of(new ExpireGrant(account.name()), new LoseGrant(account.name()))));
        steps.add(new DeliverNotifications("grant.expired", 1));
        steps.add(new DeliverNotifications("grant.deleted", 1));
        List<Step> meanwhile = new ArrayList<>();
        meanwhile.add(any.arrives(login, account));
        meanwhile.add(any.completes(login));
        meanwhile.add(new MergeCaptures(node));
        meanwhile.add(new LeaseRow(node));
        meanwhile.add(new PrepareHandover(node));
        meanwhile.add(new CallNylas(node, choices.outcome(), List.of()));
        meanwhile.removeIf(step -> choices.most(5));
        steps.add(new LookAtGrant(1 - node, choices.lookOutcome(), List.copyOf(meanwhile)));
        return steps;
    }
}
