package io.github.keycloaknylas.it.support;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Starts the shared servers of all planned tests one after the other, beside the tests: these leave a processor free,
 * and a start takes half a minute. JUnit finds it by name.
 */
public final class SharedServerStarter implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        List<SharedServers> servers = plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(SharedServerStarter::servers)
                .distinct()
                .sorted()
                .toList();
        Thread thread = new Thread(() -> servers.forEach(SharedServers::start), "shared-server-starter");
        thread.setDaemon(true);
        thread.start();
    }

    private static Stream<SharedServers> servers(TestIdentifier test) {
        return test
                .getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass().getAnnotation(UsesServers.class))
                .stream()
                .flatMap(uses -> Arrays.stream(uses.value()));
    }
}
