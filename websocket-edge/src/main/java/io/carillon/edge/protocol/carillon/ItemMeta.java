package io.carillon.edge.protocol.carillon;

import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.edge.format.FrameWriter;
import io.carillon.edge.format.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the data of an item: extras, and what clauses 12.1 and 12.6 say. Stateless.
 */
final class ItemMeta {
  private ItemMeta() {}

  /** The operation with this name, or null when there is none. */
  static @Nullable Kind kind(String word) {
    return switch (word) {
      case "append" -> Kind.APPEND;
      case "update" -> Kind.UPDATE;
      case "delete" -> Kind.DELETE;
      default -> null;
    };
  }

  /** What is wrong with the fields of an item together, or null. */
  static @Nullable String problemWith(FrameFields fields, boolean hasData) {
    String word = fields.text("op");
    if (word == null) {
      return fields.text("ref") == null ? null : "ref: without op (expected: both or none)";
    }
    if (kind(word) == null) {
      return "op: unknown (expected: append, update or delete)";
    }
    if (fields.text("ref") == null) {
      return "ref: missing (expected: the id of the message that op is about)";
    }
    boolean delete = kind(word) == Kind.DELETE;
    return hasData == !delete
        ? null
        : delete
            ? "d: beside delete (expected: none)"
            : "d: missing (expected: beside " + word + ")";
  }

  static Meta read(FrameFields fields, @Nullable Payload extras) {
    String word = fields.text("op");
    String ref = fields.text("ref");
    Kind kind = word == null ? null : kind(word);
    Edit edit = kind == null || ref == null ? null : new Operation(kind, ref);
    Meta meta = extras == null ? Meta.of(edit) : new Meta(extras, edit);
    return meta.traced(fields.flag("trace"));
  }

  /** Whether the item of such a message has no data. */
  static boolean isWithoutData(Meta meta) {
    return switch (meta.edit()) {
      case Operation operation -> operation.kind() == Kind.DELETE;
      case Edit.Applied applied -> applied.deleted();
      case null -> false;
    };
  }

  static void write(FrameWriter frame, Meta meta) {
    Payload extras = meta.extras();
    if (extras != null) {
      frame.key(Keys.X).payload(extras);
    }
    switch (meta.edit()) {
      case null -> {}
      case Operation operation -> {
        frame.key(Keys.OP).text(word(operation.kind())).key(Keys.REF).text(operation.ref());
        if (!operation.mergedIds().isEmpty()) {
          frame.key(Keys.IDS).beginArray(operation.mergedIds().size());
          operation.mergedIds().forEach(frame::text);
          frame.endArray();
        }
      }
      case Edit.Applied(var last, var deleted) -> {
        frame.key(Keys.V).beginMap().key(Keys.E).number(last.epoch());
        frame.key(Keys.O).number(last.offset()).endMap();
        if (deleted) {
          frame.key(Keys.DEL).bool(true);
        }
      }
    }
  }

  private static Symbol word(Kind kind) {
    return switch (kind) {
      case APPEND -> Words.APPEND;
      case UPDATE -> Words.UPDATE;
      case DELETE -> Words.DELETE;
    };
  }
}
