package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Capabilities as JSON: an object of channel patterns and lists of operations. Stateless. */
public final class CapabilityFields {
  private static final String MEMBER = "capabilities";

  /** The operations' words, for a sentence. */
  public static final String WORDS =
      Arrays.stream(Operation.values()).map(Operation::word).collect(Collectors.joining(", "));

  private CapabilityFields() {}

  /** The member {@code capabilities}; none when it is absent. */
  public static Checked<Capabilities> read(JsonNode json) {
    JsonNode rules = Members.get(json, MEMBER);
    if (rules == null) {
      return Checked.valid(Capabilities.NONE);
    }
    if (!rules.isObject() || rules.size() > Capabilities.MAX_PATTERNS) {
      return Checked.refused(
          Members.wrong(
              MEMBER,
              rules,
              "an object of up to " + Capabilities.MAX_PATTERNS + " channel patterns"));
    }
    Map<ChannelPattern, Set<Operation>> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> rule : rules.entries()) {
      switch (operations(rule.getKey(), rule.getValue())) {
        case Checked.Refused<Set<Operation>>(var problem) -> {
          return Checked.refused(problem);
        }
        case Checked.Valid<Set<Operation>>(var operations) -> {
          try {
            read.put(new ChannelPattern(rule.getKey()), operations);
          } catch (IllegalArgumentException e) {
            return Checked.refused(ErrorCode.BAD_REQUEST, MEMBER + ": " + e.getMessage());
          }
        }
      }
    }
    return Checked.valid(Capabilities.of(read));
  }

  private static Checked<Set<Operation>> operations(String pattern, JsonNode words) {
    String name = MEMBER + " of " + Quoted.of(pattern);
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    if (!words.isArray()) {
      return Checked.refused(Members.wrong(name, words, "a list of " + WORDS));
    }
    for (JsonNode word : words.values()) {
      Operation operation = word.isString() ? Operation.ofWord(word.getStringValue()) : null;
      if (operation == null) {
        return Checked.refused(Members.wrong(name, word, WORDS));
      }
      operations.add(operation);
    }
    return Checked.valid(operations);
  }
}
