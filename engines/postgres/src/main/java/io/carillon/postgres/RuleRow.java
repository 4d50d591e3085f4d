package io.carillon.postgres;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code channel_rules}. Immutable. */
@MappedEntity("channel_rules")
record RuleRow(
    @Id @GeneratedValue @Nullable Long id,
    UUID tenantId,
    String appId,
    int position,
    String pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable Integer hotMessages,
    @Nullable Integer hotSeconds,
    @Nullable Integer historyDays) {

  static RuleRow of(TenantId tenant, AppId app, int position, ChannelRule rule) {
    HotWindow hot = rule.hotWindow();
    return new RuleRow(
        null,
        tenant.value(),
        app.value(),
        position,
        rule.pattern().text(),
        rule.messageBytes(),
        rule.clientEvents(),
        hot == null ? null : hot.messages(),
        hot == null ? null : hot.seconds(),
        rule.historyDays());
  }

  ChannelRule rule() {
    HotWindow hot =
        hotMessages == null || hotSeconds == null ? null : new HotWindow(hotMessages, hotSeconds);
    return new ChannelRule(
        new ChannelPattern(pattern), messageBytes, clientEvents, hot, historyDays);
  }
}
