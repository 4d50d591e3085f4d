package io.carillon.acceptance.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests whose methods may take the shared {@link Carillon}, {@link Apps} to make applications with,
 * and any number of {@link TestApp}s, each of another tenant.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(CarillonExtension.class)
public @interface WithCarillon {}
