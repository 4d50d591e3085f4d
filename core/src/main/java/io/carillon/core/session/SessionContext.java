package io.carillon.core.session;

import io.carillon.core.auth.Revocations;
import io.carillon.core.engine.Ports;
import io.carillon.core.history.History;
import io.carillon.core.inspect.KeyUses;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.limit.AppRate;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.publish.Publisher;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.WebhookDesk;
import java.time.Duration;

/** What every session of a node works with. */
public record SessionContext(
    Ports ports, UseCases useCases, SignedInUsers users, Admission admission, Setting setting) {
  /**
   * What a node gives its sessions from outside.
   *
   * @param presenceGrace how long a member outlives a lost connection that may come back
   * @param counters what the node's operator sees of them
   */
  public record Setting(
      Ticker ticker, Chance chance, Duration presenceGrace, NodeCounters counters) {}

  /** What sessions do beside subscribing. */
  public record UseCases(
      Publisher publisher,
      History history,
      Revocations revocations,
      KeyUses keyUses,
      RefusalLog refusals,
      WebhookDesk webhooks,
      AppRate historyRate) {}

  Ticker ticker() {
    return setting.ticker();
  }

  NodeCounters counters() {
    return setting.counters();
  }

  WebhookDesk webhooks() {
    return useCases.webhooks();
  }

  Publisher publisher() {
    return useCases.publisher();
  }

  Revocations revocations() {
    return useCases.revocations();
  }

  History history() {
    return useCases.history();
  }
}
