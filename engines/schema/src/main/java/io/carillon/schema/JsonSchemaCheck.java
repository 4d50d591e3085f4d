package io.carillon.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Payload.Form;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema 2020-12. Schemas are compiled once and kept, the latest {@link #KEPT_MAX}; each
 * stands alone, so that no tenant's can refer to another's. Thread-safe: the kept ones are guarded
 * by themselves.
 */
public final class JsonSchemaCheck implements SchemaCheck {
  static final int KEPT_MAX = 500;

  private static final int DEPTH_MAX = 64;
  private static final int SHOWN_MAX = 200;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @SuppressWarnings("serial")
  private final Map<String, Schema> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Schema> eldest) {
          return size() > KEPT_MAX;
        }
      };

  @Override
  public @Nullable String problemWith(String schema) {
    try {
      JsonNode json = JSON.readTree(schema);
      String problem = SchemaCompiler.problemWith(json);
      if (problem == null) {
        // it may name what it has not, which shows with any data
        check(schema, TextNode.valueOf(""), 0);
      }
      return problem;
    } catch (JacksonException e) {
      return "no JSON (expected: a JSON schema)";
    } catch (SchemaException | IllegalArgumentException | Effort.Exceeded e) {
      return shown(e.getMessage());
    }
  }

  @Override
  public @Nullable Violation check(String schema, Payload data) {
    if (data.form() == Form.BINARY) {
      return new Violation("", "bytes (expected: JSON)");
    }
    try {
      return check(schema, valueOf(data), data.size());
    } catch (IOException e) {
      return new Violation("", "no JSON of up to " + DEPTH_MAX + " levels, or a name twice");
    } catch (RuntimeException e) {
      // a schema that cannot be evaluated for this data is not satisfied
      return new Violation("", shown(e.getMessage()));
    }
  }

  private @Nullable Violation check(String text, JsonNode data, int dataLength) {
    Schema schema = compiled(text);
    Effort effort = new Effort(text.length(), dataLength);
    ScopedValue.where(Effort.CURRENT, effort).run(() -> schema.validate(effort, data));
    List<Error> errors = effort.getErrors();
    return errors.isEmpty() ? null : violation(errors.getFirst());
  }

  private Schema compiled(String text) {
    synchronized (kept) {
      Schema known = kept.get(text);
      if (known != null) {
        return known;
      }
    }
    try {
      Schema compiled = SchemaCompiler.compile(JSON.readTree(text));
      synchronized (kept) {
        kept.put(text, compiled);
      }
      return compiled;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the schema is no JSON", e);
    }
  }

  /** How many compiled schemas are held. */
  int kept() {
    synchronized (kept) {
      return kept.size();
    }
  }

  private static JsonNode valueOf(Payload data) throws IOException {
    if (data.form() == Form.JSON) {
      return JSON.readTree(data.bytes());
    }
    String text = data.asText();
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return JSON.readTree(text);
      } catch (JacksonException e) {
        return TextNode.valueOf(text);
      }
    }
    return TextNode.valueOf(text);
  }

  private static Violation violation(Error error) {
    return new Violation(error.getInstanceLocation().toString(), shown(error.getMessage()));
  }

  /** Without the end of what is long. */
  static String shown(@Nullable String text) {
    String known = text == null ? "it cannot be checked" : text;
    return known.length() <= SHOWN_MAX ? known : known.substring(0, SHOWN_MAX) + "…";
  }
}
