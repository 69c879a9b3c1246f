package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.demo.Demo;
import io.github.keycloaknylas.demo.DemoPorts;

/** The demo on free ports. It ends with the JVM. */
public final class SharedDemo {

    private static Demo demo;

    private SharedDemo() {}

    public static synchronized Demo demo() {
        if (demo == null) {
            demo = Demo.start(DemoPorts.free(), System.out::println);
        }
        return demo;
    }
}
