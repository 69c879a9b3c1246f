package io.github.keycloaknylas.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A test of what only the lowest supported Keycloak does; {@code mvn -Pfull verify} runs it. */
@Tag("lowest-keycloak")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LowestKeycloakOnly {

    /** The reason. */
    String value();
}
