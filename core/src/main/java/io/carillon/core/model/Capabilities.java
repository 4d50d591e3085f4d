package io.carillon.core.model;

import io.carillon.core.model.ChannelKind.Access;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operations are allowed on which channels. What any one rule allows is allowed; no rule
 * reaches a channel of the server ({@code #…}). Immutable.
 *
 * <pre>{@code
 * chat:*     subscribe, publish
 * presence-* subscribe, presence
 * *          history             (every channel)
 * }</pre>
 */
public final class Capabilities {
  /** Each of them may be asked at each action. */
  public static final int MAX_PATTERNS = 100;

  public static final Capabilities NONE = new Capabilities(Map.of());

  private final List<Rule> rules;

  private Capabilities(Map<ChannelPattern, Set<Operation>> rules) {
    this.rules =
        rules.entrySet().stream()
            .map(rule -> new Rule(rule.getKey(), unmodifiable(rule.getValue())))
            .toList();
  }

  /** With its answer, so that a decision makes no garbage. */
  private record Rule(
      ChannelPattern pattern, Set<Operation> operations, Explanation.AllowedBy allowed) {
    Rule(ChannelPattern pattern, Set<Operation> operations) {
      this(pattern, operations, new Explanation.AllowedBy(pattern));
    }

    boolean allows(Operation operation, ChannelName channel) {
      return operations.contains(operation) && pattern.matches(channel);
    }
  }

  private static Set<Operation> unmodifiable(Set<Operation> operations) {
    Set<Operation> copy = EnumSet.noneOf(Operation.class);
    copy.addAll(operations);
    return Collections.unmodifiableSet(copy);
  }

  /**
   * The capabilities with these rules, which are explained in the map's order.
   *
   * @throws IllegalArgumentException when there are more than {@link #MAX_PATTERNS}
   */
  public static Capabilities of(Map<ChannelPattern, Set<Operation>> rules) {
    if (rules.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException(
          "capabilities: " + rules.size() + " patterns (expected: at most " + MAX_PATTERNS + ")");
    }
    return new Capabilities(rules);
  }

  /** Whether some rule allows it. */
  public boolean allows(Operation operation, ChannelName channel) {
    return explain(operation, channel).allowed();
  }

  /**
   * Whether some rule allows it to a key, whose limit these are. Unlike a client a key may reach
   * what is sent to users, by the pattern of every channel.
   */
  public boolean allowKey(Operation operation, ChannelName channel) {
    return isOfServer(channel)
        ? channel.kind() == ChannelKind.USER && everywhere(operation)
        : ruleFor(operation, channel) != null;
  }

  private boolean everywhere(Operation operation) {
    return rules.stream()
        .anyMatch(rule -> rule.operations().contains(operation) && rule.pattern().isEvery());
  }

  /** The patterns that are for the channel, whatever they allow. */
  public List<ChannelPattern> matching(ChannelName channel) {
    return rules.stream().map(Rule::pattern).filter(it -> it.matches(channel)).toList();
  }

  /** Which rule allows it, or what is missing. Allocates nothing when it is allowed. */
  public Explanation explain(Operation operation, ChannelName channel) {
    if (isOfServer(channel)) {
      return new Explanation.OfServer();
    }
    Rule rule = ruleFor(operation, channel);
    return rule != null ? rule.allowed() : new Explanation.NoRule(matching(channel));
  }

  /** The rules, in their order. */
  public Map<ChannelPattern, Set<Operation>> rules() {
    Map<ChannelPattern, Set<Operation>> map = new LinkedHashMap<>();
    rules.forEach(rule -> map.put(rule.pattern(), rule.operations()));
    return map;
  }

  /** The rules as tokens and answers write them: the operations' words by pattern. */
  public Map<String, List<String>> written() {
    Map<String, List<String>> written = new LinkedHashMap<>();
    for (Rule rule : rules) {
      written.put(rule.pattern().text(), rule.operations().stream().map(Operation::word).toList());
    }
    return written;
  }

  private static boolean isOfServer(ChannelName channel) {
    Access access = channel.kind().access();
    return access == Access.NOBODY || access == Access.SIGNED_IN;
  }

  /** Counts, as an iterator would be garbage at each action. */
  private @Nullable Rule ruleFor(Operation operation, ChannelName channel) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).allows(operation, channel)) {
        return rules.get(i);
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Capabilities that && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }

  @Override
  public String toString() {
    return rules().toString();
  }
}
