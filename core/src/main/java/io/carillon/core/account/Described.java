package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.Limit;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.model.Standing;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is changed, as the audit log has it. Stateless. */
final class Described {
  /** A log entry is for people; the whole schema is with the rule. */
  private static final int SCHEMA_SHOWN = 2_000;

  private Described() {}

  /** An application's name and settings. */
  static Map<String, String> app(String name, AppSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("enabled", String.valueOf(settings.enabled()));
    AppSettings.Features features = settings.features();
    values.put("clientEvents", String.valueOf(features.clientEvents()));
    values.put("subscriptionCounts", String.valueOf(features.subscriptionCounts()));
    values.put("requireSignIn", String.valueOf(features.requireSignIn()));
    values.put("allowedOrigins", String.join(", ", settings.origins().allowed()));
    for (Limit limit : Limit.values()) {
      if (limit.isOfApps()) {
        values.put(limit.word(), String.valueOf(settings.limits().of(limit)));
      }
    }
    return values;
  }

  /** A key's label and limit; without one it may do everything. */
  static Map<String, String> key(KeyTraits traits) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("label", traits.label());
    Capabilities limit = traits.limit();
    String written =
        limit == null
            ? null
            : limit.written().entrySet().stream()
                .map(rule -> rule.getKey() + ": " + String.join(", ", rule.getValue()))
                .collect(Collectors.joining("; "));
    put(values, "capabilities", written);
    return values;
  }

  /** The values that are not the same. */
  static Change difference(Map<String, String> before, Map<String, String> after) {
    Map<String, String> was = new LinkedHashMap<>(before);
    Map<String, String> is = new LinkedHashMap<>(after);
    was.entrySet().removeIf(value -> value.getValue().equals(after.get(value.getKey())));
    is.entrySet().removeIf(value -> value.getValue().equals(before.get(value.getKey())));
    return new Change(was, is);
  }

  /** A channel rule; what it leaves open is left out. */
  static Map<String, String> rule(ChannelRule rule) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("pattern", rule.pattern().text());
    put(values, "messageBytes", rule.messageBytes());
    put(values, "clientEvents", rule.clientEvents());
    put(values, "historyDays", rule.historyDays());
    HotWindow hot = rule.hotWindow();
    put(values, "hotMessages", hot == null ? null : hot.messages());
    put(values, "hotSeconds", hot == null ? null : hot.seconds());
    put(values, "publish", word(rule.admission().publish()));
    put(values, "subscribe", word(rule.admission().subscribe()));
    put(values, "presence", word(rule.admission().presence()));
    SlowPolicy slow = rule.slow();
    put(values, "slow", slow == null ? null : slow.word());
    if (!rule.content().events().isEmpty()) {
      values.put("events", String.join(", ", rule.content().events()));
    }
    String schema = rule.content().schema();
    put(
        values,
        "schema",
        schema == null || schema.length() <= SCHEMA_SHOWN
            ? schema
            : schema.substring(0, SCHEMA_SHOWN) + "…");
    return values;
  }

  /** A webhook, without its secret. */
  static Map<String, String> webhook(WebhookSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("label", settings.label());
    values.put("url", settings.url().toString());
    values.put("format", settings.format().word());
    values.put(
        "types",
        settings.filter().types().stream()
            .map(WebhookType::word)
            .sorted()
            .collect(Collectors.joining(", ")));
    values.put("channelPrefix", settings.filter().channelPrefix());
    values.put("batched", String.valueOf(settings.isBatched()));
    values.put("paused", String.valueOf(settings.isPaused()));
    return values;
  }

  private static @Nullable String word(@Nullable Standing standing) {
    return standing == null ? null : standing.word();
  }

  private static void put(Map<String, String> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
  }
}
