package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Splits what a statement asks for, since databases limit the length of a list of values. */
final class Batches {

    static final int MOST = 500;

    private Batches() {}

    static Stream<List<String>> of(Collection<String> values) {
        List<String> all = List.copyOf(values);
        return IntStream.iterate(0, from -> from < all.size(), from -> from + MOST)
                .mapToObj(from -> all.subList(from, Math.min(from + MOST, all.size())));
    }
}
