package io.carillon.core.model;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's application with everything the hot path asks of it. Immutable; a change makes a new
 * one.
 *
 * @param keys the active keys, oldest first
 * @param rules the most specific first, whatever the order in which they were given; of equal
 *     patterns the first given one
 * @param rulesSinceMillis since when the rules are what they are, in milliseconds since 1970; 0
 *     when they never changed
 */
public record App(
    AppId id,
    TenantId tenant,
    AppSettings settings,
    List<ApiKey> keys,
    List<ChannelRule> rules,
    long rulesSinceMillis) {
  private static final Comparator<ChannelRule> MOST_SPECIFIC_RULE_FIRST =
      Comparator.comparing(ChannelRule::pattern, ChannelPattern.MOST_SPECIFIC_FIRST);

  /** Each of them may be asked at each action. */
  public static final int RULES_MAX = 1_000;

  public App {
    keys = List.copyOf(keys);
    rules = rules.stream().sorted(MOST_SPECIFIC_RULE_FIRST).toList();
  }

  /** An application whose rules never changed. */
  public App(
      AppId id, TenantId tenant, AppSettings settings, List<ApiKey> keys, List<ChannelRule> rules) {
    this(id, tenant, settings, keys, rules, 0);
  }

  /** The active key with this id, or null. */
  public @Nullable ApiKey key(KeyId id) {
    for (ApiKey key : keys) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    return null;
  }

  /** What may be done with the key at most, or null for everything. */
  public @Nullable Capabilities limitOf(KeyId id) {
    // counts, as an iterator would be garbage at each action, and asks for the rare thing first
    for (int i = 0; i < keys.size(); i++) {
      ApiKey key = keys.get(i);
      if (key.limit() != null && key.id().equals(id)) {
        return key.limit();
      }
    }
    return null;
  }

  /** The most specific rule that matches, or null. */
  public @Nullable ChannelRule ruleFor(ChannelName name) {
    for (ChannelRule rule : rules) {
      if (rule.pattern().matches(name)) {
        return rule;
      }
    }
    return null;
  }
}
