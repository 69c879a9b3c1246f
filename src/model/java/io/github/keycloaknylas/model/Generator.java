package io.github.keycloaknylas.model;

import io.github.keycloaknylas.model.LinkSteps.IsCreatedAgain;
import io.github.keycloaknylas.model.LinkSteps.IsRemoved;
import io.github.keycloaknylas.model.LinkSteps.IsRenamed;
import io.github.keycloaknylas.model.LinkSteps.Links;
import io.github.keycloaknylas.model.LinkSteps.Unlinks;
import io.github.keycloaknylas.model.LoginSteps.Arrives;
import io.github.keycloaknylas.model.LoginSteps.Completes;
import io.github.keycloaknylas.model.TroubleSteps.ApiKey;
import io.github.keycloaknylas.model.TroubleSteps.Becomes;
import io.github.keycloaknylas.model.TroubleSteps.Directory;
import io.github.keycloaknylas.model.TroubleSteps.IsForeign;
import io.github.keycloaknylas.model.TroubleSteps.LosesGrant;
import io.github.keycloaknylas.model.TroubleSteps.Passes;
import io.github.keycloaknylas.model.TroubleSteps.ReadOnly;
import io.github.keycloaknylas.model.TroubleSteps.SealKey;
import io.github.keycloaknylas.model.TroubleSteps.Silence;
import io.github.keycloaknylas.model.WorkerSteps.Calls;
import io.github.keycloaknylas.model.WorkerSteps.CleansUp;
import io.github.keycloaknylas.model.WorkerSteps.Deletes;
import io.github.keycloaknylas.model.WorkerSteps.IsKilled;
import io.github.keycloaknylas.model.WorkerSteps.Leases;
import io.github.keycloaknylas.model.WorkerSteps.LeasesDeletion;
import io.github.keycloaknylas.model.WorkerSteps.Merges;
import io.github.keycloaknylas.model.WorkerSteps.Prepares;
import io.github.keycloaknylas.model.WorkerSteps.ProcessesEvidence;
import io.github.keycloaknylas.model.WorkerSteps.Sweeps;
import io.github.keycloaknylas.model.WorkerSteps.SyncsAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes sequences up: mostly what happens every day, with all that can go wrong in between. */
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

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private int logins;

    private Generator(long seed) {
        random = new Random(seed);
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
        if (kind < 24) {
            login(account());
        } else if (kind < 51) {
            delivery();
        } else if (kind < 58) {
            steps.add(worker());
        } else if (kind < 63) {
            departure(account());
        } else if (kind < 66) {
            comesBack(account());
        } else if (kind < 78) {
            steps.add(links());
        } else if (kind < 88) {
            steps.add(new Passes(one(TIMES)));
        } else {
            steps.add(trouble());
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
        return new Arrives(login, node(), account, person, most(85) ? person : stranger(account), most(95));
    }

    private static String stranger(Account account) {
        return account.name().equals("ada") ? "bob" : "ada";
    }

    private Step completes(int login) {
        return new Completes(login, node(), most(70) ? "first" : user(), most(5), most(93), most(10));
    }

    private void delivery() {
        int node = node();
        steps.add(new Merges(node));
        steps.add(new Leases(node));
        if (most(5)) {
            more();
        }
        steps.add(new Prepares(node));
        if (most(5)) {
            more();
        }
        steps.add(new Calls(node, outcome(), meanwhile()));
        if (most(70)) {
            steps.add(new SyncsAttributes(node()));
        }
    }

    private void deletion() {
        int node = node();
        steps.add(new LeasesDeletion(node));
        if (most(15)) {
            more();
        }
        steps.add(new Deletes(node, outcome(), meanwhile()));
    }

    /** An account is unlinked for as long as the grace; it may come back before anybody looks. */
    private void departure(Account account) {
        steps.add(new Unlinks(account, most(85), true));
        if (most(85)) {
            steps.add(new ProcessesEvidence(node()));
        }
        steps.add(new Passes(Duration.ofHours(25)));
        if (most(40)) {
            steps.add(new Links(user(), account, most(50)));
        }
        deletion();
    }

    /** Somebody is unlinked while the token of the next sign-in is handed over, which takes longer than its lease. */
    private void comesBack(Account account) {
        int node = node();
        int login = ++logins;
        steps.add(new Unlinks(account, true, true));
        steps.add(new ProcessesEvidence(node()));
        steps.add(new Passes(Duration.ofHours(25)));
        steps.add(new Links("first", account, true));
        steps.add(arrives(login, account));
        steps.add(new Completes(login, node, "first", false, true, false));
        steps.add(new Merges(node));
        steps.add(new Leases(node));
        steps.add(new Prepares(node));
        List<Step> meanwhile = new ArrayList<>();
        meanwhile.add(new Unlinks(account, true, true));
        meanwhile.add(new ProcessesEvidence(node()));
        meanwhile.add(new Passes(one(TIMES_OF_A_CALL)));
        meanwhile.add(new LeasesDeletion(1 - node));
        meanwhile.add(new Deletes(1 - node, outcome(), List.of()));
        meanwhile.removeIf(step -> most(10));
        steps.add(new Calls(node, outcome(), List.copyOf(meanwhile)));
    }

    private Step worker() {
        return switch (random.nextInt(11)) {
            case 0 -> new Merges(node());
            case 1 -> new Leases(node());
            case 2 -> new Prepares(node());
            case 3 -> new Calls(node(), outcome(), meanwhile());
            case 4 -> new SyncsAttributes(node());
            case 5 -> new ProcessesEvidence(node());
            case 6 -> new LeasesDeletion(node());
            case 7 -> new Deletes(node(), outcome(), meanwhile());
            case 8 -> new CleansUp(node());
            case 9 -> new Sweeps(node());
            default -> new IsKilled(node());
        };
    }

    private Step links() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new Links(user(), account(), most(70));
            case 3, 4 -> new Unlinks(account(), most(80), most(90));
            case 5 -> new IsRemoved(one(World.REALMS), user(), most(80));
            case 6 -> new IsRenamed(one(World.REALMS), most(65));
            case 7 -> new IsCreatedAgain(one(World.REALMS), most(30));
            default -> new ProcessesEvidence(node());
        };
    }

    private Step trouble() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Becomes(one(World.REALMS), one(List.of(ProviderSetup.values())));
            case 2 -> new Directory(most(60));
            case 3 -> new ReadOnly(one(World.REALMS), user(), most(50));
            case 4 -> new SealKey(most(60));
            case 5 -> new ApiKey("server-key-" + random.nextInt(3));
            case 6 -> new Silence(most(40));
            case 7 -> new LosesGrant(mailbox());
            case 8 -> new IsForeign(account(), most(50));
            default -> new Completes(1 + random.nextInt(logins + 1), node(), user(), false, true, false);
        };
    }

    private List<Step> meanwhile() {
        List<Step> meanwhile = new ArrayList<>();
        while (most(25)) {
            int node = node();
            meanwhile.addAll(
                    switch (random.nextInt(8)) {
                        case 0 -> List.of(links());
                        case 1 -> List.of(new Passes(one(TIMES_OF_A_CALL)));
                        case 2 -> List.of(new Merges(node));
                        case 3 -> List.of(new Leases(node), new Prepares(node));
                        case 4 -> List.of(new LeasesDeletion(node), new Deletes(node, outcome(), List.of()));
                        case 5 -> List.of(new ProcessesEvidence(node));
                        case 6 -> List.of(arrives(++logins, account()), completes(logins), new Merges(node));
                        default -> List.of(logins == 0 ? new Merges(node) : completes(1 + random.nextInt(logins)));
                    });
        }
        return List.copyOf(meanwhile);
    }

    private CallOutcome outcome() {
        return most(60) ? CallOutcome.DONE : one(List.of(CallOutcome.values()));
    }

    private int node() {
        return random.nextInt(2);
    }

    private Account account() {
        return new Account(most(65) ? World.REALMS.get(0) : World.REALMS.get(1), most(65) ? "ada" : mailbox());
    }

    private String mailbox() {
        return one(World.ACCOUNTS);
    }

    private String user() {
        return one(World.USERS);
    }

    private boolean most(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
