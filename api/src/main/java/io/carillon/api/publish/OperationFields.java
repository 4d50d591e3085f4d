package io.carillon.api.publish;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.micronaut.json.tree.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads what a message has beside its data: extras, and the operation that it is. Stateless. */
final class OperationFields {
  private OperationFields() {}

  static Checked<Meta> meta(JsonNode json) {
    JsonNode trace = Members.get(json, "trace");
    if (trace != null && !trace.isBoolean()) {
      return Checked.refused(Members.wrong("trace", trace, "true or false"));
    }
    boolean traced = trace != null && trace.getBooleanValue();
    return untraced(json).then(meta -> Checked.valid(meta.traced(traced)));
  }

  private static Checked<Meta> untraced(JsonNode json) {
    JsonNode extras = Members.get(json, "extras");
    if (extras != null && !extras.isObject()) {
      return Checked.refused(Members.wrong("extras", extras, "an object"));
    }
    Payload payload = extras == null ? null : Payload.json(Json.bytes(extras));
    JsonNode op = Members.get(json, "op");
    JsonNode ref = Members.get(json, "ref");
    if (op == null) {
      return ref == null
          ? Checked.valid(payload == null ? Meta.NONE : new Meta(payload, null))
          : Checked.refused(Members.wrong("op", null, "append, update or delete beside ref"));
    }
    Kind kind = op.isString() ? kind(op.getStringValue()) : null;
    return kind == null
        ? Checked.refused(Members.wrong("op", op, "append, update or delete"))
        : Members.string(json, "ref")
            .then(id -> Checked.valid(new Meta(payload, new Operation(kind, id))));
  }

  private static @Nullable Kind kind(String word) {
    return switch (word) {
      case "append" -> Kind.APPEND;
      case "update" -> Kind.UPDATE;
      case "delete" -> Kind.DELETE;
      default -> null;
    };
  }
}
