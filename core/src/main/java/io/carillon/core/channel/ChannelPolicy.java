package io.carillon.core.channel;

import io.carillon.core.engine.Retention;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one channel: the first rule that matches its name, and the application's settings
 * for what the rule leaves open. Immutable.
 *
 * @param messageBytesMax largest data of one event
 * @param clientEvents whether its subscribers may send events
 * @param hotWindow what the log keeps
 * @param historyDays how long the archive keeps it, or null when it is not archived
 */
public record ChannelPolicy(
    int messageBytesMax, boolean clientEvents, HotWindow hotWindow, @Nullable Integer historyDays) {

  /** The policy of this channel of the application. */
  public static ChannelPolicy of(App app, ChannelName name) {
    AppSettings settings = app.settings();
    ChannelRule rule = app.ruleFor(name);
    if (rule == null) {
      return new ChannelPolicy(
          settings.limits().messageBytes(),
          settings.features().clientEvents(),
          HotWindow.DEFAULT,
          null);
    }
    HotWindow hotWindow = orElse(rule.hotWindow(), HotWindow.DEFAULT);
    return new ChannelPolicy(
        orElse(rule.messageBytes(), settings.limits().messageBytes()),
        orElse(rule.clientEvents(), settings.features().clientEvents()),
        rule.historyDays() == null ? hotWindow : hotWindow.atLeast(HotWindow.ARCHIVED_LEAST),
        rule.historyDays());
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
