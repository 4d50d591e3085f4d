package io.carillon.api.http;

import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.model.Standing;
import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule; the first member that is wrong ends it, and is named. Confined to one reading.
 */
public final class RuleFields {
  private static final int MESSAGE_BYTES_MAX = 1_048_576;

  private final JsonNode json;
  private final SchemaCheck schemas;

  private RuleFields(JsonNode json, SchemaCheck schemas) {
    this.json = json;
    this.schemas = schemas;
  }

  public static Checked<ChannelPattern> pattern(String text) {
    try {
      return Checked.valid(new ChannelPattern(text));
    } catch (IllegalArgumentException e) {
      return Checked.refused(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  public static Checked<ChannelRule> rule(
      ChannelPattern pattern, JsonNode json, SchemaCheck schemas) {
    try {
      return Checked.valid(new RuleFields(json, schemas).rule(pattern));
    } catch (IllegalArgumentException e) {
      return Checked.refused(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private ChannelRule rule(ChannelPattern pattern) {
    Admission admission =
        new Admission(standing("publish"), standing("subscribe"), standing("presence"));
    return new ChannelRule(
        pattern,
        number(json, "messageBytes", 1, MESSAGE_BYTES_MAX),
        flag("clientEvents"),
        hot(),
        number(json, "historyDays", 1, ChannelRule.HISTORY_DAYS_MAX),
        admission,
        new Content(events(), schema()),
        slow());
  }

  private static @Nullable Integer number(JsonNode json, String name, int least, int most) {
    if (Members.get(json, name) == null) {
      return null;
    }
    return switch (Members.number(json, name, least, new Members.Bounds(least, most))) {
      case Checked.Valid<Long>(var value) -> value.intValue();
      case Checked.Refused<Long> refused -> throw wrong(json, name, least + " to " + most);
    };
  }

  private @Nullable Boolean flag(String name) {
    JsonNode value = Members.get(json, name);
    if (value != null && !value.isBoolean()) {
      throw wrong(json, name, "true or false");
    }
    return value == null ? null : value.getBooleanValue();
  }

  private @Nullable Standing standing(String name) {
    JsonNode value = Members.get(json, name);
    Standing standing =
        value != null && value.isString() ? Standing.ofWord(value.getStringValue()) : null;
    if (value != null && standing == null) {
      throw wrong(json, name, "clients, tokens or server");
    }
    return standing;
  }

  private @Nullable SlowPolicy slow() {
    JsonNode value = Members.get(json, "slow");
    SlowPolicy policy =
        value != null && value.isString() ? SlowPolicy.ofWord(value.getStringValue()) : null;
    if (value != null && policy == null) {
      throw wrong(json, "slow", "disconnect, drop-oldest or latest-per-key");
    }
    return policy;
  }

  private @Nullable HotWindow hot() {
    JsonNode hot = Members.get(json, "hot");
    if (hot == null) {
      return null;
    }
    Integer messages = hot.isObject() ? number(hot, "messages", 0, 100_000) : null;
    Integer seconds = hot.isObject() ? number(hot, "seconds", 1, 86_400) : null;
    if (messages == null || seconds == null || hot.size() > 2) {
      throw wrong(json, "hot", "an object of messages and seconds");
    }
    return new HotWindow(messages, seconds);
  }

  private List<String> events() {
    if (Members.get(json, "events") == null) {
      return List.of();
    }
    return switch (Members.strings(json, "events", Content.EVENTS_MAX)) {
      case Checked.Valid<List<String>>(var names) -> names;
      case Checked.Refused<List<String>>(var problem) ->
          throw wrong(json, "events", "a list of 1 to " + Content.EVENTS_MAX + " names");
    };
  }

  private @Nullable String schema() {
    JsonNode schema = Members.get(json, "schema");
    if (schema == null) {
      return null;
    }
    String text = new String(Json.bytes(schema), StandardCharsets.UTF_8);
    if (text.length() <= Content.SCHEMA_MAX) {
      String problem = schemas.problemWith(text);
      if (problem != null) {
        throw new IllegalArgumentException("schema: " + problem);
      }
    }
    return text;
  }

  private static IllegalArgumentException wrong(JsonNode json, String name, String expected) {
    JsonNode value = Members.get(json, name);
    String was = value == null ? "missing" : Json.described(value);
    return new IllegalArgumentException(name + ": " + was + " (expected: " + expected + ")");
  }
}
