package io.carillon.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's application with everything the hot path asks of it. Immutable; a change makes a new
 * one.
 *
 * @param keys the active keys, oldest first
 * @param rules in the order in which they are asked
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
  public App {
    keys = List.copyOf(keys);
    rules = List.copyOf(rules);
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

  /** The first rule that matches, or null. */
  public @Nullable ChannelRule ruleFor(ChannelName name) {
    for (ChannelRule rule : rules) {
      if (rule.pattern().matches(name)) {
        return rule;
      }
    }
    return null;
  }
}
