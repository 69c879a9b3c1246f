package io.github.keycloaknylas.support.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Runs a test class once on each database; the class takes the {@link Engine} in its constructor. */
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(Engines.class)
@ExtendWith(FreshOptions.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEveryDatabase {}
