package io.carillon.core.channel;

import io.carillon.core.engine.Retention;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.SlowPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one channel: the most specific rule that matches its name, and the application's
 * settings for what the rule leaves open. Immutable.
 *
 * <p>A namespace is the first segment of a name: {@code chat:} selects the rule {@code chat:*}. A
 * prefix that says a channel's kind is part of that segment: {@code private-chat:1} is of {@code
 * private-chat:*}.
 *
 * @param messageBytesMax largest data of one event
 * @param clientEvents whether its subscribers may send events
 * @param hotWindow what the log keeps
 * @param historyDays how long the archive keeps it, or null when it is not archived
 * @param admission who may do what, beside what their capabilities say
 * @param content what messages may look like
 * @param slow what is done with readers that are too slow
 * @param rule which rule matches, or null when none does
 */
public record ChannelPolicy(
    int messageBytesMax,
    boolean clientEvents,
    HotWindow hotWindow,
    @Nullable Integer historyDays,
    Admission admission,
    Content content,
    SlowPolicy slow,
    @Nullable ChannelRule rule) {

  /** The policy of this channel of the application. */
  public static ChannelPolicy of(App app, ChannelName name) {
    AppSettings settings = app.settings();
    ChannelRule rule = app.ruleFor(name);
    if (rule == null) {
      return new ChannelPolicy(
          settings.limits().messageBytes(),
          settings.features().clientEvents(),
          HotWindow.DEFAULT,
          null,
          Admission.OPEN,
          Content.ANY,
          SlowPolicy.DISCONNECT,
          null);
    }
    HotWindow hotWindow = orElse(rule.hotWindow(), HotWindow.DEFAULT);
    return new ChannelPolicy(
        orElse(rule.messageBytes(), settings.limits().messageBytes()),
        orElse(rule.clientEvents(), settings.features().clientEvents()),
        rule.historyDays() == null ? hotWindow : hotWindow.atLeast(HotWindow.ARCHIVED_LEAST),
        rule.historyDays(),
        rule.admission(),
        rule.content(),
        orElse(rule.slow(), SlowPolicy.DISCONNECT),
        rule);
  }

  /**
   * What the log keeps of a message.
   *
   * @param latest whether it becomes the channel's latest one
   */
  public Retention retention(boolean latest) {
    return new Retention(hotWindow.messages(), Duration.ofSeconds(hotWindow.seconds()), latest);
  }

  private static <T> T orElse(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
