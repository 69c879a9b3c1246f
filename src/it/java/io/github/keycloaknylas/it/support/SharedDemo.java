package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.demo.Demo;
import io.github.keycloaknylas.demo.DemoPorts;

/** The demo on free ports. It ends with the JVM. */
public final class SharedDemo {

    private static Demo demo;

    private SharedDemo() {}

    public static synchronized Demo demo() {
        if (demo == null) {
            // Its build of Keycloak is that of the demo: two servers that start at once would both run it.
            TestEnvironment.keycloak();
            demo = Demo.start(DemoPorts.free(), System.out::println);
        }
        return demo;
    }
}
