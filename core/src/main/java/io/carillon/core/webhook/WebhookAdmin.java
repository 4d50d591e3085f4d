package io.carillon.core.webhook;

import io.carillon.core.model.AppId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * Which endpoints there are. Calls block; every call of a tenant names it, and what belongs to
 * another one is answered as if it did not exist. Thread-safe.
 */
public interface WebhookAdmin {
  /** Grows with every change that any node makes, and with nothing else. */
  long version();

  /** Those of all tenants. */
  List<WebhookEndpoint> all();

  /** Those of an application, oldest first. */
  List<Listed> list(TenantId tenant, AppId app);

  /** Whether the application exists and has fewer than it may have, this one being one of them. */
  boolean create(TenantId tenant, WebhookEndpoint endpoint);

  /** Whether it was there; its secret stays. */
  boolean change(TenantId tenant, AppId app, WebhookId id, WebhookSettings settings);

  /** Whether it was there; the secret that it had signs, too, until then. */
  boolean rotate(TenantId tenant, AppId app, WebhookId id, Rotation rotation);

  /** A change of a secret. */
  record Rotation(Secret fresh, Instant formerUntil) {}

  /** Whether it was there; what waits for it goes with it. */
  boolean delete(TenantId tenant, AppId app, WebhookId id);

  /** An endpoint, what waits for it and how its calls go. */
  record Listed(WebhookEndpoint endpoint, Backlog backlog, Health health) {}

  /**
   * Events that are not delivered.
   *
   * @param dead those that were given up
   * @param oldestMillis since when the oldest one waits, in milliseconds since 1970; 0 for none
   */
  record Backlog(long waiting, long dead, long oldestMillis) {}

  /**
   * How calls go.
   *
   * @param failures since the last one that did not fail
   * @param closedUntilMillis nothing is sent before, as too many failed; 0 for none
   * @param dropped events for which there was no room, ever
   */
  record Health(int failures, long closedUntilMillis, long dropped) {}
}
