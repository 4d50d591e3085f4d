package io.carillon.api.publish;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.PlainText;
import io.micronaut.json.tree.JsonNode;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the message of a request. Stateless. */
final class MessageFields {
  static final int ID_LENGTH_MAX = 128;
  static final String ID_HEADER = "Idempotency-Key";

  private static final String BASE64 = "base64";

  private MessageFields() {}

  /** The message, whose id may stand in a header instead. */
  static Checked<Message> read(JsonNode json, Origin origin, List<String> idHeaders) {
    return id(json, idHeaders).then(id -> read(json, origin, id.isEmpty() ? null : id));
  }

  private static Checked<Message> read(JsonNode json, Origin origin, @Nullable String id) {
    return OperationFields.meta(json)
        .then(
            meta -> {
              Operation operation = meta.edit() instanceof Operation its ? its : null;
              return name(json, operation)
                  .then(
                      name ->
                          data(json, operation)
                              .then(
                                  payload ->
                                      Checked.valid(new Message(id, name, payload, origin, meta))));
            });
  }

  /** Empty for an operation without one, which keeps its message's name. */
  private static Checked<String> name(JsonNode json, @Nullable Operation operation) {
    return operation != null && Members.get(json, "name") == null
        ? Checked.valid("")
        : Members.string(json, "name");
  }

  private static Checked<Payload> data(JsonNode json, @Nullable Operation operation) {
    if (operation == null || operation.kind() != Kind.DELETE) {
      return payload(json);
    }
    JsonNode data = json.get("data");
    return data == null
        ? Checked.valid(Payload.text(""))
        : Checked.refused(Members.wrong("data", data, "none beside delete"));
  }

  private static Checked<Payload> payload(JsonNode json) {
    JsonNode data = json.get("data");
    if (data == null) {
      return Checked.refused(Members.wrong("data", null, "any JSON value"));
    }
    JsonNode encoding = Members.get(json, "encoding");
    if (encoding != null) {
      boolean known = encoding.isString() && encoding.getStringValue().equals(BASE64);
      return known
          ? binary(data)
          : Checked.refused(Members.wrong("encoding", encoding, BASE64 + ", or none"));
    }
    return Checked.valid(
        data.isString() ? Payload.text(data.getStringValue()) : Payload.json(Json.bytes(data)));
  }

  private static Checked<Payload> binary(JsonNode data) {
    try {
      if (data.isString()) {
        return Checked.valid(Payload.binary(Base64.getDecoder().decode(data.getStringValue())));
      }
    } catch (IllegalArgumentException e) {
      // answered below, as what is no string at all
    }
    return Checked.refused(Members.wrong("data", data, "a string of base64"));
  }

  /** Empty for none. */
  private static Checked<String> id(JsonNode json, List<String> headers) {
    JsonNode member = Members.get(json, "id");
    if (headers.size() > 1 || (member != null && !headers.isEmpty())) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          ID_HEADER + ": a second id (expected: one header, or id in the message)");
    }
    if (!headers.isEmpty()) {
      return id(ID_HEADER, unquoted(headers.getFirst()));
    }
    return member == null
        ? Checked.valid("")
        : Members.string(json, "id").then(text -> id("id", text));
  }

  private static Checked<String> id(String name, String text) {
    boolean fine = !text.isEmpty() && text.length() <= ID_LENGTH_MAX && PlainText.isPlain(text);
    return fine
        ? Checked.valid(text)
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            name
                + ": "
                + Quoted.of(text)
                + " (expected: 1 to "
                + ID_LENGTH_MAX
                + " characters without control characters)");
  }

  /** The header is a quoted string in the standard's draft, and mostly sent without quotes. */
  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
