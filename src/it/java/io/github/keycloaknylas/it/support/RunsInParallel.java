package io.github.keycloaknylas.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that runs in parallel with those without this annotation: it has a server to itself and sets no faults
 * at the Nylas that all share. One such class runs at a time, in one thread.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("parallel")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RunsInParallel {}
