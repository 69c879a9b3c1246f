package io.github.keycloaknylas.it.support;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Runs test classes in the order in which their shared servers start, and those with servers of their own last. */
public final class ServerOrder implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(ServerOrder::lastServer));
    }

    private static int lastServer(ClassDescriptor test) {
        return test.findAnnotation(UsesServers.class)
                .flatMap(uses -> Arrays.stream(uses.value()).max(Comparator.naturalOrder()))
                .map(SharedServers::ordinal)
                .orElse(Integer.MAX_VALUE);
    }
}
