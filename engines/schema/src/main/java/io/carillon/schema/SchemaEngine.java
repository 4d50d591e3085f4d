package io.carillon.schema;

import io.carillon.core.engine.SchemaCheck;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Wires the engine. Stateless. */
@Factory
final class SchemaEngine {

  @Singleton
  SchemaCheck schemaCheck() {
    return new JsonSchemaCheck();
  }
}
