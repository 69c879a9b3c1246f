package io.github.keycloaknylas.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One sequence, run from a fresh world to its end. */
record Case(List<Step> steps) {

    /** @return what was violated, or nothing */
    Optional<Throwable> run(Rig rig) {
        World world = rig.fresh();
        try {
            for (Step step : steps) {
                step.run(world);
                world.rules().check();
            }
            new Ending(world).check();
            return Optional.empty();
        } catch (RuntimeException | Violation broken) {
            return Optional.of(broken);
        }
    }

    /** The shortest that still fails of those that leave single steps out. */
    Case shrunk(Rig rig) {
        Case shortest = this;
        int size = steps.size() / 2;
        while (size > 0) {
            Case shorter = shortest.without(size, rig);
            size = shorter.steps.size() < shortest.steps.size() ? size : size / 2;
            shortest = shorter;
        }
        return shortest;
    }

    private Case without(int size, Rig rig) {
        for (int from = 0; from + size <= steps.size(); from++) {
            List<Step> fewer = new ArrayList<>(steps);
            fewer.subList(from, from + size).clear();
            Case shorter = new Case(List.copyOf(fewer));
            if (shorter.run(rig).isPresent()) {
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
