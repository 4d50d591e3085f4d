package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One message from the server. Immutable.
 *
 * @param json the whole message
 */
public record Frame(JsonNode json) {
  static Frame parse(String text) {
    return new Frame(Json.parse(text));
  }

  public String event() {
    return json.path("event").asText();
  }

  public @Nullable String channel() {
    return json.has("channel") ? json.get("channel").textValue() : null;
  }

  /** The data as it stands in the message, where it is a string. */
  public String text() {
    return json.path("data").textValue();
  }

  /** The data as JSON, whether it stands there as such or in a string. */
  public JsonNode data() {
    JsonNode data = json.path("data");
    return data.isTextual() ? Json.parse(data.textValue()) : data;
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
