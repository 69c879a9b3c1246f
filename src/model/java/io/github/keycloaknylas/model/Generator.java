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
import io.github.keycloaknylas.model.GrantSteps.ConfirmDifferences;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates sequences: mostly everyday steps, with faults of every kind in between. */
final class Generator {

    private static final List<Duration> TIMES = List.of(
            Duration.ofMillis(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(31),
            Duration.ofHours(3),
            Duration.ofHours(25),
            Duration.ofDays(4),
            Duration.ofDays(8));
    /** A call takes longer than its lease at the most, never days. */
    private static final List<Duration> TIMES_OF_A_CALL = TIMES.subList(0, 6);

    private static final List<String> TYPES =
            List.of("grant.created", "grant.updated", "grant.expired", "grant.deleted");

    /** A refusal of the request itself would be an answer: that grant stays as it is. */
    private static final List<CallOutcome> OUTCOMES_OF_A_LOOK = List.of(
            CallOutcome.NAMELESS,
            CallOutcome.DONE_BUT_LOST,
            CallOutcome.DONE_BUT_CALLER_CRASHES,
            CallOutcome.UNREACHABLE,
            CallOutcome.DOWN,
            CallOutcome.ASKS_FOR_A_PAUSE,
            CallOutcome.REFUSES_THE_KEY,
            CallOutcome.ANSWERS_NONSENSE);

    private final Random random;
    /** Whether some notifications never arrive. */
    private final boolean dropsSome;

    private final List<Step> steps = new ArrayList<>();
    private int logins;

    private Generator(long seed) {
        random = new Random(seed);
        dropsSome = most(40);
    }

    static List<Step> steps(long seed) {
        Generator generator = new Generator(seed);
        int length = 8 + generator.random.nextInt(32);
        while (generator.steps.size() < length) {
            generator.more();
        }
        return List.copyOf(generator.steps);
    }

    private void more() {
        int kind = random.nextInt(100);
        if (kind < 22) {
            login(account());
        } else if (kind < 46) {
            delivery();
        } else if (kind < 52) {
            steps.add(worker());
        } else if (kind < 56) {
            unlinkUntilDeletion(account());
        } else if (kind < 59) {
            comesBack(account());
        } else if (kind < 69) {
            steps.add(links());
        } else if (kind < 77) {
            steps.add(new AdvanceClock(one(TIMES)));
        } else if (kind < 84) {
            steps.add(atNylas());
            look();
        } else if (kind < 87) {
            isReconnectedDuringALook(account());
        } else if (kind < 89) {
            reconciliation();
        } else {
            steps.add(environment());
        }
    }

    private void login(Account account) {
        int login = ++logins;
        steps.add(arrives(login, account));
        if (most(15)) {
            more();
        }
        if (most(85)) {
            steps.add(completes(login));
        }
    }

    private Step arrives(int login, Account account) {
        String person = most(88) ? account.name() : account.name() + "2";
        return new ReceiveToken(login, node(), account, person, most(85) ? person : stranger(account), most(95));
    }

    private static String stranger(Account account) {
        return account.name().equals("ada") ? "bob" : "ada";
    }

    private Step completes(int login) {
        return new CompleteLogin(login, node(), most(70) ? "first" : user(), most(5), most(93), most(10));
    }

    private void delivery() {
        int node = node();
        steps.add(new MergeCaptures(node));
        steps.add(new LeaseRow(node));
        if (most(5)) {
            more();
        }
        steps.add(new PrepareHandover(node));
        if (most(5)) {
            more();
        }
        steps.add(new CallNylas(node, outcome(), meanwhile()));
        if (most(70)) {
            steps.add(new SyncAttributes(node()));
        }
    }

    private void deletion() {
        int node = node();
        steps.add(new LeaseDeletion(node));
        if (most(15)) {
            more();
        }
        steps.add(new DeleteGrant(node, outcome(), meanwhile()));
    }

    /** An account is unlinked for as long as the grace; it may come back before anybody looks. */
    private void unlinkUntilDeletion(Account account) {
        steps.add(new UnlinkAccount(account, most(85), true));
        if (most(85)) {
            steps.add(new ProcessEvidence(node()));
        }
        steps.add(new AdvanceClock(Duration.ofHours(25)));
        if (most(40)) {
            steps.add(new LinkAccount(user(), account, most(50)));
        }
        deletion();
    }

    /** Somebody is unlinked while the token of the next sign-in is handed over, which takes longer than its lease. */
    private void comesBack(Account account) {
        int node = node();
        int login = ++logins;
        steps.add(new UnlinkAccount(account, true, true));
        steps.add(new ProcessEvidence(node()));
        steps.add(new AdvanceClock(Duration.ofHours(25)));
        steps.add(new LinkAccount("first", account, true));
        steps.add(arrives(login, account));
        steps.add(new CompleteLogin(login, node, "first", false, true, false));
        steps.add(new MergeCaptures(node));
        steps.add(new LeaseRow(node));
        steps.add(new PrepareHandover(node));
        List<Step> meanwhile = new ArrayList<>();
        meanwhile.add(new UnlinkAccount(account, true, true));
        meanwhile.add(new ProcessEvidence(node()));
        meanwhile.add(new AdvanceClock(one(TIMES_OF_A_CALL)));
        meanwhile.add(new LeaseDeletion(1 - node));
        meanwhile.add(new DeleteGrant(1 - node, outcome(), List.of()));
        meanwhile.removeIf(step -> most(10));
        steps.add(new CallNylas(node, outcome(), List.copyOf(meanwhile)));
    }

    /** Something becomes of grants in the dashboard, at the provider or by another system. */
    private Step atNylas() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new ExpireGrant(mailbox());
            case 2, 3 -> new LoseGrant(mailbox());
            case 4 -> new RenewGrant(mailbox());
            default -> new TurnGrant(mailbox());
        };
    }

    private void look() {
        while (most(60)) {
            steps.add(notifications());
        }
        while (most(60)) {
            steps.add(new LookAtGrant(node(), lookOutcome(), meanwhile()));
        }
    }

    private Step notifications() {
        String type = one(TYPES);
        return dropsSome && most(20) ? new DropNotifications(type) : new DeliverNotifications(type, most(70) ? 1 : 2);
    }

    private void reconciliation() {
        if (most(20)) {
            steps.add(new ConfirmDifferences());
        }
        steps.add(new AdvanceClock(Duration.ofHours(7)));
        steps.add(new ReconcileGrants(node(), random.nextInt(4), lookOutcome(), meanwhile()));
    }

    /** A grant expires, and its owner signs in again while Nylas is asked about it. */
    private void isReconnectedDuringALook(Account account) {
        int node = node();
        int login = ++logins;
        steps.add(new ExpireGrant(account.name()));
        steps.add(new DeliverNotifications("grant.expired", 1));
        steps.add(new LookAtGrant(node(), CallOutcome.DONE, List.of()));
        steps.add(one(List.of(new ExpireGrant(account.name()), new LoseGrant(account.name()))));
        steps.add(new DeliverNotifications("grant.expired", 1));
        steps.add(new DeliverNotifications("grant.deleted", 1));
        List<Step> meanwhile = new ArrayList<>();
        meanwhile.add(arrives(login, account));
        meanwhile.add(completes(login));
        meanwhile.add(new MergeCaptures(node));
        meanwhile.add(new LeaseRow(node));
        meanwhile.add(new PrepareHandover(node));
        meanwhile.add(new CallNylas(node, outcome(), List.of()));
        meanwhile.removeIf(step -> most(5));
        steps.add(new LookAtGrant(1 - node, lookOutcome(), List.copyOf(meanwhile)));
    }

    private Step worker() {
        return switch (random.nextInt(13)) {
            case 0 -> new MergeCaptures(node());
            case 1 -> new LeaseRow(node());
            case 2 -> new PrepareHandover(node());
            case 3 -> new CallNylas(node(), outcome(), meanwhile());
            case 4 -> new SyncAttributes(node());
            case 5 -> new ProcessEvidence(node());
            case 6 -> new LeaseDeletion(node());
            case 7 -> new DeleteGrant(node(), outcome(), meanwhile());
            case 8 -> new CleanUp(node());
            case 9 -> new SweepLinks(node());
            case 10 -> new LookAtGrant(node(), lookOutcome(), meanwhile());
            case 11 -> new ReconcileGrants(node(), random.nextInt(4), lookOutcome(), meanwhile());
            default -> new KillNode(node());
        };
    }

    private Step links() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new LinkAccount(user(), account(), most(70));
            case 3, 4 -> new UnlinkAccount(account(), most(80), most(90));
            case 5 -> new RemoveUser(one(Simulation.REALMS), user(), most(80));
            case 6 -> new RenameProvider(one(Simulation.REALMS), most(65));
            case 7 -> new RecreateProvider(one(Simulation.REALMS), most(30));
            default -> new ProcessEvidence(node());
        };
    }

    private Step environment() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new SetProvider(one(Simulation.REALMS), one(List.of(ProviderSetup.values())));
            case 2 -> new SetDirectory(most(60));
            case 3 -> new SetReadOnly(one(Simulation.REALMS), user(), most(50));
            case 4 -> new SetSealKey(most(60));
            case 5 -> new SetApiKey("server-key-" + random.nextInt(3));
            case 6 -> new HideApplication(most(40));
            case 7 -> new LoseGrant(mailbox());
            case 8 -> new SetUnknownState(account(), most(50));
            default -> new CompleteLogin(1 + random.nextInt(logins + 1), node(), user(), false, true, false);
        };
    }

    private List<Step> meanwhile() {
        List<Step> meanwhile = new ArrayList<>();
        while (most(25)) {
            int node = node();
            meanwhile.addAll(
                    switch (random.nextInt(10)) {
                        case 8 -> List.of(atNylas(), notifications());
                        case 9 -> List.of(notifications(), new LookAtGrant(node, lookOutcome(), List.of()));
                        case 0 -> List.of(links());
                        case 1 -> List.of(new AdvanceClock(one(TIMES_OF_A_CALL)));
                        case 2 -> List.of(new MergeCaptures(node));
                        case 3 -> List.of(new LeaseRow(node), new PrepareHandover(node));
                        case 4 -> List.of(new LeaseDeletion(node), new DeleteGrant(node, outcome(), List.of()));
                        case 5 -> List.of(new ProcessEvidence(node));
                        case 6 -> List.of(arrives(++logins, account()), completes(logins), new MergeCaptures(node));
                        default ->
                            List.of(logins == 0 ? new MergeCaptures(node) : completes(1 + random.nextInt(logins)));
                    });
        }
        return List.copyOf(meanwhile);
    }

    private CallOutcome outcome() {
        return most(60) ? CallOutcome.DONE : one(List.of(CallOutcome.values()));
    }

    private CallOutcome lookOutcome() {
        return most(70) ? CallOutcome.DONE : one(OUTCOMES_OF_A_LOOK);
    }

    private int node() {
        return random.nextInt(2);
    }

    private Account account() {
        return new Account(
                most(65) ? Simulation.REALMS.get(0) : Simulation.REALMS.get(1), most(65) ? "ada" : mailbox());
    }

    private String mailbox() {
        return one(Simulation.ACCOUNTS);
    }

    private String user() {
        return one(Simulation.USERS);
    }

    private boolean most(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
