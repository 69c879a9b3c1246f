package io.github.keycloaknylas.model;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a seed chooses: where, who, when and how it ends. */
final class Choices {

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

    Choices(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Duration time() {
        return one(TIMES);
    }

    Duration timeOfACall() {
        return one(TIMES_OF_A_CALL);
    }

    CallOutcome outcome() {
        return most(60) ? CallOutcome.DONE : one(List.of(CallOutcome.values()));
    }

    CallOutcome lookOutcome() {
        return most(70) ? CallOutcome.DONE : one(OUTCOMES_OF_A_LOOK);
    }

    int node() {
        return random.nextInt(2);
    }

    Account account() {
        return new Account(
                most(65) ? Simulation.REALMS.get(0) : Simulation.REALMS.get(1), most(65) ? "ada" : mailbox());
    }

    String mailbox() {
        return one(Simulation.ACCOUNTS);
    }

    String user() {
        return one(Simulation.USERS);
    }

    boolean most(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
