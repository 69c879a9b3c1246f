package io.github.keycloaknylas.model;

import io.github.keycloaknylas.model.EnvironmentSteps.AdvanceClock;
import io.github.keycloaknylas.model.GrantSteps.ConfirmDifferences;
import io.github.keycloaknylas.model.GrantSteps.LookAtGrant;
import io.github.keycloaknylas.model.GrantSteps.ReconcileGrants;
import io.github.keycloaknylas.model.LinkSteps.LinkAccount;
import io.github.keycloaknylas.model.LinkSteps.UnlinkAccount;
import io.github.keycloaknylas.model.WorkerSteps.CallNylas;
import io.github.keycloaknylas.model.WorkerSteps.DeleteGrant;
import io.github.keycloaknylas.model.WorkerSteps.LeaseDeletion;
import io.github.keycloaknylas.model.WorkerSteps.LeaseRow;
import io.github.keycloaknylas.model.WorkerSteps.MergeCaptures;
import io.github.keycloaknylas.model.WorkerSteps.PrepareHandover;
import io.github.keycloaknylas.model.WorkerSteps.ProcessEvidence;
import io.github.keycloaknylas.model.WorkerSteps.SyncAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generates sequences: mostly everyday steps, with faults of every kind in between. */
final class Generator {

    private final Choices choices;
    private final RandomSteps any;
    private final Stories stories;
    private final List<Step> steps = new ArrayList<>();

    private Generator(long seed) {
        choices = new Choices(seed);
        any = new RandomSteps(choices);
        stories = new Stories(choices, any);
    }

    static List<Step> steps(long seed) {
        Generator generator = new Generator(seed);
        int length = 8 + generator.choices.below(32);
        while (generator.steps.size() < length) {
            generator.more();
        }
        return List.copyOf(generator.steps);
    }

    private void more() {
        int kind = choices.below(100);
        if (kind < 22) {
            login(choices.account());
        } else if (kind < 46) {
            delivery();
        } else if (kind < 52) {
            steps.add(any.worker());
        } else if (kind < 56) {
            unlinkUntilDeletion(choices.account());
        } else if (kind < 59) {
            steps.addAll(stories.comesBack(choices.account()));
        } else if (kind < 69) {
            steps.add(any.links());
        } else if (kind < 77) {
            steps.add(new AdvanceClock(choices.time()));
        } else if (kind < 84) {
            steps.add(any.atNylas());
            look();
        } else if (kind < 87) {
            steps.addAll(stories.isReconnectedDuringALook(choices.account()));
        } else if (kind < 89) {
            reconciliation();
        } else {
            steps.add(any.environment());
        }
    }

    private void login(Account account) {
        int login = any.login();
        steps.add(any.arrives(login, account));
        if (choices.most(15)) {
            more();
        }
        if (choices.most(85)) {
            steps.add(any.completes(login));
        }
    }

    private void delivery() {
        int node = choices.node();
        steps.add(new MergeCaptures(node));
        steps.add(new LeaseRow(node));
        if (choices.most(5)) {
            more();
        }
        steps.add(new PrepareHandover(node));
        if (choices.most(5)) {
            more();
        }
        steps.add(new CallNylas(node, choices.outcome(), any.meanwhile()));
        if (choices.most(70)) {
            steps.add(new SyncAttributes(choices.node()));
        }
    }

    private void deletion() {
        int node = choices.node();
        steps.add(new LeaseDeletion(node));
        if (choices.most(15)) {
            more();
        }
        steps.add(new DeleteGrant(node, choices.outcome(), any.meanwhile()));
    }

    /** An account is unlinked for as long as the grace; it may come back before anybody looks. */
    private void unlinkUntilDeletion(Account account) {
        steps.add(new UnlinkAccount(account, choices.most(85), true));
        if (choices.most(85)) {
            steps.add(new ProcessEvidence(choices.node()));
        }
        steps.add(new AdvanceClock(Duration.ofHours(25)));
        if (choices.most(40)) {
            steps.add(new LinkAccount(choices.user(), account, choices.most(50)));
        }
        deletion();
    }

    private void look() {
        while (choices.most(60)) {
            steps.add(any.notifications());
        }
        while (choices.most(60)) {
            steps.add(new LookAtGrant(choices.node(), choices.lookOutcome(), any.meanwhile()));
        }
    }

    private void reconciliation() {
        if (choices.most(20)) {
            steps.add(new ConfirmDifferences());
        }
        steps.add(new AdvanceClock(Duration.ofHours(7)));
        steps.add(new ReconcileGrants(choices.node(), choices.below(4), choices.lookOutcome(), any.meanwhile()));
    }
}
