package io.carillon.core.session;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Hub;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.runtime.Lane;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers how many they are, where the application wants it: every change up to {@link
 * #EACH_UP_TO} subscribers, beyond that the newest number every five seconds (Pusher's rule), since
 * telling n subscribers of n arrivals costs n squared. Thread-safe.
 */
public final class SubscriptionCounts implements Occupancy.Listener {
  static final int EACH_UP_TO = 100;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Directory directory;
  private final Hub hub;
  private final ConcurrentHashMap<ChannelId, Integer> waiting = new ConcurrentHashMap<>();

  public SubscriptionCounts(Directory directory, Hub hub, Lane upkeep) {
    this.directory = directory;
    this.hub = hub;
    scheduleOn(upkeep);
  }

  @Override
  public void counted(ChannelId channel, int subscriptions) {
    ChannelKind kind = channel.kind();
    boolean own = kind == ChannelKind.USER || kind == ChannelKind.INTERNAL;
    if (kind.isPresence() || own || subscriptions == 0) {
      waiting.remove(channel);
      return;
    }
    App app = directory.app(channel.app());
    if (app == null || !app.settings().features().subscriptionCounts()) {
      return;
    }
    // telling happens inside the entry, so that the newest number is told last
    waiting.compute(
        channel,
        (id, before) -> {
          Integer later = subscriptions;
          return subscriptions > EACH_UP_TO ? later : tell(id, subscriptions);
        });
  }

  private @Nullable Integer tell(ChannelId channel, int subscriptions) {
    hub.deliver(new Delivery.Counted(channel, subscriptions));
    return null;
  }

  private void scheduleOn(Lane upkeep) {
    upkeep.schedule(
        () -> {
          tellWaiting();
          scheduleOn(upkeep);
        },
        INTERVAL);
  }

  private void tellWaiting() {
    for (ChannelId channel : waiting.keySet()) {
      waiting.computeIfPresent(channel, this::tell);
    }
  }
}
