package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.carillon.core.account.Letters;
import io.carillon.core.account.QuotaAlerts;
import io.carillon.core.account.QuotaWatch;
import io.carillon.core.account.Team;
import io.carillon.core.account.TeamWebhooks;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.runtime.ThreadLane;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares what teams have used with what their plans allow, on a thread of its own; people are
 * told by processes that serve the console. Immutable, thread-safe.
 */
@Singleton
final class QuotaUpkeep implements ApplicationEventListener<ServerStartupEvent> {
  /** What is used is added up as often as that. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final ThreadLane lane = new ThreadLane("carillon-quotas");
  private final QuotaWatch watch;

  QuotaUpkeep(
      Node node,
      LimitPlans plans,
      QuotaAlerts alerts,
      Team team,
      TeamWebhooks webhooks,
      @Nullable Letters letters) {
    this.watch =
        new QuotaWatch(
            new QuotaWatch.Parts(
                plans,
                alerts,
                letters == null ? null : new QuotaWatch.Telling(team, letters, webhooks),
                node.messageRate(),
                InstantSource.system(),
                INTERVAL));
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent started) {
    watch.startOn(lane);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }
}
