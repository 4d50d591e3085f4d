package io.carillon.core.account;

import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.webhook.WebhookSettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an application shall be. Its name says which one it is. Immutable.
 *
 * @param existing the one of this name; empty when it is to be made
 * @param keys by their labels; null to leave the keys alone
 * @param rules by their patterns; null to leave the rules alone
 * @param webhooks by their addresses; null to leave the webhooks alone
 */
public record DeclaredApp(
    String name,
    Optional<Apps.Listed> existing,
    AppSettings settings,
    @Nullable List<KeyTraits> keys,
    @Nullable List<ChannelRule> rules,
    @Nullable List<WebhookSettings> webhooks) {
  public DeclaredApp {
    keys = keys == null ? null : List.copyOf(keys);
    rules = rules == null ? null : List.copyOf(rules);
    webhooks = webhooks == null ? null : List.copyOf(webhooks);
  }
}
