package io.carillon.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.SchemaLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes schemas out of JSON, fetching nothing from anywhere. Stateless. */
final class SchemaCompiler {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Has the dialect's own schema, of the library's resources. */
  private static final Schema SCHEMA_OF_SCHEMAS =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
          .getSchema(SchemaLocation.of(DIALECT));

  private SchemaCompiler() {}

  /** What is wrong with the schema by the schema of schemas, or null. */
  static @Nullable String problemWith(JsonNode json) {
    if (!json.isObject() && !json.isBoolean()) {
      return "a " + json.getNodeType().name().toLowerCase(Locale.ROOT) + " (expected: an object)";
    }
    JsonNode dialect = json.get("$schema");
    if (dialect != null && !dialect.asText().equals(DIALECT)) {
      return "/$schema: another dialect (expected: " + DIALECT + ", or none)";
    }
    List<Error> errors = SCHEMA_OF_SCHEMAS.validate(json);
    if (!errors.isEmpty()) {
      return JsonSchemaCheck.shown(
          errors.getFirst().getInstanceLocation() + ": " + errors.getFirst().getMessage());
    }
    compile(json);
    return null;
  }

  /**
   * A registry of its own for each, which knows no other schema.
   *
   * @throws IllegalArgumentException when an expression in it cannot be used
   */
  static Schema compile(JsonNode json) {
    List<String> problems = new ArrayList<>();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(text -> expression(text, problems))
            .formatAssertionsEnabled(false)
            .preloadSchema(true)
            .build();
    Schema compiled = compile(json, config);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.getFirst());
    }
    return compiled;
  }

  /** The library would go on without an expression that it cannot have. */
  private static RegularExpression expression(String text, List<String> problems) {
    try {
      return LinearExpression.of(text);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return any -> false;
    }
  }

  private static Schema compile(JsonNode json, SchemaRegistryConfig config) {
    SchemaLoader nothing = SchemaLoader.builder().block(iri -> true).build();
    return SchemaRegistry.builder()
        .dialectRegistry(new BasicDialectRegistry(Dialects.getDraft202012()))
        .defaultDialectId(Dialects.getDraft202012().getId())
        .schemaRegistryConfig(config)
        .schemaLoader(nothing)
        .schemaCacheEnabled(false)
        .build()
        .getSchema(json);
  }
}
