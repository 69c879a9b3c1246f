package io.github.keycloaknylas.support.store;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Every database, or those that {@code -Dstore.engines=H2} names: mutation testing repeats tests too often
 * for a second.
 */
final class Engines implements ArgumentsProvider {

    private static final String ONLY = "store.engines";

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        String only = System.getProperty(ONLY);
        Stream<Engine> engines = only == null
                ? Stream.of(Engine.values())
                : Arrays.stream(only.split(",")).map(Engine::valueOf);
        return engines.map(Arguments::of);
    }
}
