package io.carillon.core.engine;

import io.carillon.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON schemas, and data by them. Schemas come from tenants and data from anyone, so both
 * calls take a bounded time and fetch nothing from elsewhere, and no text makes them throw.
 * Thread-safe; does not block.
 */
public interface SchemaCheck {
  /** What is wrong with the schema, or null when data can be checked by it. */
  @Nullable String problemWith(String schema);

  /**
   * The first thing in which the data does not satisfy the schema, or null when it does. Text that
   * is a JSON object or array counts as that, other text as a string; bytes satisfy none.
   */
  @Nullable Violation check(String schema, Payload data);

  /**
   * Where data differs from its schema.
   *
   * @param pointer the place in the data (RFC 6901), empty for the whole
   * @param expected what it was and should have been, without any secret
   */
  record Violation(String pointer, String expected) {}

  /** The check of a node that has none: nothing satisfies it, so that nothing slips through. */
  SchemaCheck NONE =
      new SchemaCheck() {
        private static final String UNSUPPORTED = "schemas are not checked on this server";

        @Override
        public String problemWith(String schema) {
          return UNSUPPORTED;
        }

        @Override
        public Violation check(String schema, Payload data) {
          return new Violation("", UNSUPPORTED);
        }
      };
}
