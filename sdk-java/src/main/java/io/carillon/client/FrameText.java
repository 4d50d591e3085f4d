package io.carillon.client;

import io.carillon.client.internal.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes one frame of the client. Confined to who builds it. */
final class FrameText {
  private final StringBuilder json;

  private FrameText(String start) {
    json = new StringBuilder(96).append(start);
  }

  static FrameText of(String type) {
    return new FrameText("{\"t\":\"" + type + "\"");
  }

  /** An object that is no frame, and has at least this field. */
  static FrameText object(String name, @Nullable Object value) {
    return new FrameText("{" + Json.quoted(name) + ":" + Json.write(value));
  }

  FrameText with(String name, @Nullable Object value) {
    return withJson(name, Json.write(value));
  }

  FrameText withIf(String name, @Nullable Object value) {
    return value == null ? this : with(name, value);
  }

  FrameText withJson(String name, String value) {
    json.append(",\"").append(name).append("\":").append(value);
    return this;
  }

  FrameText with(String name, Position position) {
    return withJson(name, "{\"e\":" + position.epoch() + ",\"o\":" + position.offset() + "}");
  }

  /** Clause 1.9: any value of JSON, or bytes. */
  FrameText withData(@Nullable Object data) {
    return data instanceof byte[] bytes
        ? with("d", Base64.getEncoder().encodeToString(bytes)).with("enc", "b64")
        : with("d", data);
  }

  /** The frame, which is written to no more. */
  String text() {
    return json.append('}').toString();
  }
}
