package io.github.keycloaknylas.model;

import io.github.keycloaknylas.model.LinkSteps.IsLookedAt;
import io.github.keycloaknylas.model.LinkSteps.IsRemoved;
import io.github.keycloaknylas.model.LinkSteps.Links;
import io.github.keycloaknylas.model.LinkSteps.Unlinks;
import io.github.keycloaknylas.model.LoginSteps.Arrives;
import io.github.keycloaknylas.model.LoginSteps.Completes;
import io.github.keycloaknylas.model.TroubleSteps.ApiKey;
import io.github.keycloaknylas.model.TroubleSteps.Becomes;
import io.github.keycloaknylas.model.TroubleSteps.Directory;
import io.github.keycloaknylas.model.TroubleSteps.LosesGrant;
import io.github.keycloaknylas.model.TroubleSteps.Passes;
import io.github.keycloaknylas.model.TroubleSteps.ReadOnly;
import io.github.keycloaknylas.model.TroubleSteps.SealKey;
import io.github.keycloaknylas.model.WorkerSteps.Calls;
import io.github.keycloaknylas.model.WorkerSteps.Claims;
import io.github.keycloaknylas.model.WorkerSteps.Deletes;
import io.github.keycloaknylas.model.WorkerSteps.IsKilled;
import io.github.keycloaknylas.model.WorkerSteps.Merges;
import io.github.keycloaknylas.model.WorkerSteps.Projects;
import io.github.keycloaknylas.model.WorkerSteps.Sweeps;
import io.github.keycloaknylas.model.WorkerSteps.Tidies;
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
        if (kind < 25) {
            login();
        } else if (kind < 55) {
            delivery();
        } else if (kind < 62) {
            steps.add(worker());
        } else if (kind < 66) {
            departure();
        } else if (kind < 78) {
            steps.add(links());
        } else if (kind < 88) {
            steps.add(new Passes(one(TIMES)));
        } else {
            steps.add(trouble());
        }
    }

    private void login() {
        int login = ++logins;
        steps.add(arrives(login));
        if (most(15)) {
            more();
        }
        if (most(85)) {
            steps.add(completes(login));
        }
    }

    private Step arrives(int login) {
        Account account = account();
        return new Arrives(login, node(), account, most(80) ? account.name() : mailbox(), most(95));
    }

    private Step completes(int login) {
        return new Completes(login, node(), most(70) ? "first" : user(), most(5), most(93), most(10));
    }

    private void delivery() {
        int node = node();
        steps.add(new Merges(node));
        steps.add(new Claims(node));
        steps.add(new Calls(node, behaves(), meanwhile()));
        if (most(70)) {
            steps.add(new Projects(node()));
        }
    }

    /** An account leaves for as long as the grace; it may come back before anybody looks. */
    private void departure() {
        Account account = account();
        steps.add(new Unlinks(account, true));
        steps.add(new Passes(Duration.ofHours(25)));
        if (most(40)) {
            steps.add(new Links(user(), account, most(20)));
        }
        steps.add(new Deletes(node(), behaves(), meanwhile()));
    }

    private Step worker() {
        return switch (random.nextInt(9)) {
            case 0 -> new Merges(node());
            case 1 -> new Claims(node());
            case 2 -> new Calls(node(), behaves(), meanwhile());
            case 3 -> new Projects(node());
            case 4, 5 -> new Deletes(node(), behaves(), meanwhile());
            case 6 -> new Tidies(node());
            case 7 -> new Sweeps(node());
            default -> new IsKilled(node());
        };
    }

    private Step links() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Links(user(), account(), most(80));
            case 3, 4, 5 -> new Unlinks(account(), most(80));
            case 6 -> new IsLookedAt(account());
            default -> new IsRemoved(one(World.REALMS), user(), most(80));
        };
    }

    private Step trouble() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Becomes(one(World.REALMS), one(List.of(ProviderIs.values())));
            case 2 -> new Directory(most(60));
            case 3 -> new ReadOnly(one(World.REALMS), user(), most(50));
            case 4 -> new SealKey(most(60));
            case 5 -> new ApiKey("server-key-" + random.nextInt(3));
            case 6 -> new LosesGrant(mailbox());
            default -> new Completes(1 + random.nextInt(logins + 1), node(), user(), false, true, false);
        };
    }

    private List<Step> meanwhile() {
        List<Step> meanwhile = new ArrayList<>();
        while (most(25)) {
            meanwhile.addAll(
                    switch (random.nextInt(7)) {
                        case 0 -> List.of(links());
                        case 1 -> List.of(new Passes(one(TIMES)));
                        case 2 -> List.of(new Merges(node()));
                        case 3 -> List.of(new Claims(node()));
                        case 4 -> List.of(new Deletes(node(), behaves(), List.of()));
                        case 5 -> List.of(arrives(++logins), completes(logins), new Merges(node()));
                        default -> List.of(logins == 0 ? new Merges(node()) : completes(1 + random.nextInt(logins)));
                    });
        }
        return List.copyOf(meanwhile);
    }

    private Behaves behaves() {
        return most(55) ? Behaves.WELL : one(List.of(Behaves.values()));
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
