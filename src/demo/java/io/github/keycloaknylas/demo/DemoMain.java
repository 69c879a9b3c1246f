package io.github.keycloaknylas.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code mvn -Pdemo package}: runs the demo until Ctrl+C. */
public final class DemoMain {

    private DemoMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        AtomicBoolean stopping = new AtomicBoolean();
        // Keycloak is ended by a hook of its own, all else with this JVM.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            System.out.println("\n  Stopping …");
        }));
        try {
            Demo demo = Demo.start(DemoPorts.usual(), line -> System.out.println("  " + line));
            System.out.println(Welcome.to(demo));
        } catch (RuntimeException e) {
            if (!stopping.get()) {
                System.err.println("\n  The demo did not start. " + e.getMessage() + "\n");
                // Not thrown on: Maven would bury the message under its own.
                System.exit(1);
            }
        }
        new CountDownLatch(1).await();
    }
}
