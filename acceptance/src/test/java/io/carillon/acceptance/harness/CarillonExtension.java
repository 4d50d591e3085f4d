package io.carillon.acceptance.harness;

import java.lang.reflect.Type;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the server with the first test that needs it, and stops it after the last. Stateless. */
final class CarillonExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(CarillonExtension.class);
  private static final Set<Type> OFFERED = Set.of(Carillon.class, Apps.class, TestApp.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return OFFERED.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Carillon carillon =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Carillon.class, type -> Carillon.start(), Carillon.class);
    if (parameter.getParameter().getType() == Carillon.class) {
      return carillon;
    }
    Apps apps =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Apps.class, type -> new Apps(carillon), Apps.class);
    return parameter.getParameter().getType() == Apps.class ? apps : apps.make();
  }
}
