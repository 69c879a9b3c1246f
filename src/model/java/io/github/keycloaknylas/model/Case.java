package io.github.keycloaknylas.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One sequence of steps, run from a fresh simulation to its end. */
record Case(List<Step> steps) {

    /** @return what was violated, or nothing */
    Optional<Throwable> run(SystemUnderTest system) {
        return run(system, simulation -> new LivenessCheck(simulation).check());
    }

    /** Runs the steps alone, and not what has to follow from them once everything works again. */
    Optional<Throwable> runSteps(SystemUnderTest system) {
        return run(system, simulation -> {});
    }

    private Optional<Throwable> run(SystemUnderTest system, Consumer<Simulation> end) {
        Simulation simulation = system.fresh();
        try {
            for (Step step : steps) {
                step.run(simulation);
                simulation.rules().check();
            }
            end.accept(simulation);
            return Optional.empty();
        } catch (RuntimeException | Violation broken) {
            return Optional.of(broken);
        }
    }

    /** The shortest that still fails of those that leave single steps out. */
    Case shrunk(SystemUnderTest system) {
        Case shortest = this;
        int size = steps.size() / 2;
        while (size > 0) {
            Case shorter = shortest.without(size, system);
            size = shorter.steps.size() < shortest.steps.size() ? size : size / 2;
            shortest = shorter;
        }
        return shortest;
    }

    private Case without(int size, SystemUnderTest system) {
        for (int from = 0; from + size <= steps.size(); from++) {
            List<Step> fewer = new ArrayList<>(steps);
            fewer.subList(from, from + size).clear();
            Case shorter = new Case(List.copyOf(fewer));
            if (shorter.run(system).isPresent()) {
                return shorter;
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return steps.stream().map(Object::toString).collect(Collectors.joining("\n  ", "  ", ""));
    }
}
