package io.github.keycloaknylas.model;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs sequences of logins, answers, crashes, evidence, deletions, changes of grants at Nylas and faults against the
 * real classes.
 * {@code -Dmodel.cases=50000} runs more of them, {@code -Dmodel.seed=17 -Dmodel.cases=1} a certain one.
 */
@OnEveryDatabase
class ModelTest {

    private static final Map<Engine, Integer> CASES =
            Map.of(Engine.H2, 2000, Engine.POSTGRESQL, 100, Engine.MARIADB, 100);

    private final Engine engine;

    ModelTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void whateverHappensInWhateverOrderTheRulesHold() throws Exception {
        long first = Long.getLong("model.seed", 1);
        int cases = Integer.getInteger("model.cases", CASES.get(engine));
        try (SystemUnderTest system = new SystemUnderTest(engine)) {
            for (long seed = first; seed < first + cases; seed++) {
                Case generated = new Case(Generator.steps(seed));
                if (generated.run(system).isPresent()) {
                    Case shortest = generated.shrunk(system);
                    fail("Seed " + seed + ":\n" + shortest, shortest.run(system).orElse(null));
                }
            }
        }
    }
}
