package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.TeamWebhooks;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.engine.Movements;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.ThreadLane;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.span.Spans;
import io.carillon.core.webhook.AddressGuard;
import io.carillon.core.webhook.MovementBook;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.core.webhook.WebhookTiming;
import io.carillon.core.webhook.Webhooks;
import io.carillon.standalone.tracing.TracedCaller;
import io.carillon.webhook.SocketCaller;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wires what tells tenants' servers: every process does its part. Stateless. */
@Factory
final class WebhookFactory {
  /** A thread that has ended its call may still be tidying up. */
  private static final int WAITING_CALLS_MAX = 100;

  @Singleton
  @Bean(preDestroy = "close")
  SocketCaller caller(CarillonConfig config) {
    return new SocketCaller(new AddressGuard(config.webhooks().allowedNetworks()));
  }

  /** Threads of the system, since resolving a name holds up a virtual thread's carrier. */
  @Singleton
  @Bean(preDestroy = "close")
  WebhookThreads threads() {
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            Webhooks.THREADS,
            Webhooks.THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_CALLS_MAX),
            Thread.ofPlatform().daemon().name("webhook-call-", 1).factory());
    calls.allowCoreThreadTimeOut(true);
    return new WebhookThreads(
        calls, new ThreadLane("webhook-intake"), new ThreadLane("webhook-delivery"));
  }

  /** It runs from its making on. */
  @Singleton
  Webhooks webhooks(
      Node node,
      Webhooks.Stores stores,
      Movements movements,
      CarillonConfig config,
      WebhookThreads threads,
      SocketCaller caller,
      @Nullable Spans spans) {
    CarillonConfig.Webhooks settings = config.webhooks();
    Webhooks webhooks =
        new Webhooks(
            stores,
            new Webhooks.Followed(
                node.directory(), movements, node.ports().occupancy(), node.ports().presence()),
            node.webhooks(),
            new Webhooks.Calling(
                spans == null ? caller : new TracedCaller(caller, spans),
                WebhookTiming.of(settings.hold(), settings.firstRetry(), settings.giveUp()),
                threads.calls()),
            new Webhooks.Surroundings(Ticker.SYSTEM, Chance.secure()));
    webhooks.runOn(threads.intake(), threads.delivery());
    return webhooks;
  }

  @Singleton
  TeamWebhooks teamWebhooks(AppListings listings, WebhookAdmin admin, WebhookOutbox outbox) {
    return new TeamWebhooks(listings, admin, outbox, InstantSource.system());
  }

  @Singleton
  Webhooks.Stores stores(WebhookAdmin admin, WebhookOutbox outbox, MovementBook book) {
    return new Webhooks.Stores(admin, outbox, book);
  }
}
