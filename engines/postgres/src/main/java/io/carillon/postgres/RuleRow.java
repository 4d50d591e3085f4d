package io.carillon.postgres;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.model.Standing;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code channel_rules}. Immutable. */
@MappedEntity("channel_rules")
record RuleRow(
    @Id @GeneratedValue @Nullable Long id,
    UUID tenantId,
    String appId,
    String pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable Integer hotMessages,
    @Nullable Integer hotSeconds,
    @Nullable Integer historyDays,
    @Nullable String publishBy,
    @Nullable String subscribeBy,
    @Nullable String presenceBy,
    @Nullable String events,
    @Nullable String schema,
    @Nullable String slow) {
  private static final String LINE_END = "\n";

  static RuleRow of(TenantId tenant, AppId app, ChannelRule rule) {
    Admission admission = rule.admission();
    List<String> events = rule.content().events();
    HotWindow hot = rule.hotWindow();
    SlowPolicy slow = rule.slow();
    return new RuleRow(
        null,
        tenant.value(),
        app.value(),
        rule.pattern().text(),
        rule.messageBytes(),
        rule.clientEvents(),
        hot == null ? null : hot.messages(),
        hot == null ? null : hot.seconds(),
        rule.historyDays(),
        word(admission.publish()),
        word(admission.subscribe()),
        word(admission.presence()),
        events.isEmpty() ? null : String.join(LINE_END, events),
        rule.content().schema(),
        slow == null ? null : slow.word());
  }

  ChannelRule rule() {
    HotWindow hot =
        hotMessages == null || hotSeconds == null ? null : new HotWindow(hotMessages, hotSeconds);
    List<String> names = events == null ? List.of() : List.of(events.split(LINE_END, -1));
    return new ChannelRule(
        new ChannelPattern(pattern),
        messageBytes,
        clientEvents,
        hot,
        historyDays,
        new Admission(standing(publishBy), standing(subscribeBy), standing(presenceBy)),
        new Content(names, schema),
        slow == null ? null : SlowPolicy.ofWord(slow));
  }

  private static @Nullable String word(@Nullable Standing standing) {
    return standing == null ? null : standing.word();
  }

  private static @Nullable Standing standing(@Nullable String word) {
    return word == null ? null : Standing.ofWord(word);
  }
}
