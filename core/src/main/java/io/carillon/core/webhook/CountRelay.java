package io.carillon.core.webhook;

import io.carillon.core.engine.Movements;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.webhook.WebhookEvent.Detail;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells how many subscriptions channels have. A number is a level and no event that must not be
 * lost: that of a node which dies before it has written it is followed by the next one. Confined to
 * one thread; blocks.
 */
final class CountRelay {
  private static final int CHANNELS_MAX = 500;
  private static final long ENGINE_SECONDS_MAX = 5;

  private final Movements movements;
  private final WebhookDesk desk;

  CountRelay(Movements movements, WebhookDesk desk) {
    this.movements = movements;
    this.desk = desk;
    movements.followCounts(app -> desk.wants(app, WebhookType.SUBSCRIPTION_COUNT));
  }

  void step() {
    for (AppId app : desk.interests().appsWith(WebhookType.SUBSCRIPTION_COUNT)) {
      Map<ChannelId, Integer> counts =
          movements
              .takeCounts(app, CHANNELS_MAX)
              .toCompletableFuture()
              .copy()
              .orTimeout(ENGINE_SECONDS_MAX, TimeUnit.SECONDS)
              .join();
      counts.forEach(
          (channel, count) ->
              desk.tell(WebhookType.SUBSCRIPTION_COUNT, channel, Detail.ofCount(count)));
    }
  }
}
