package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Secret;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookAdmin.Listed;
import io.carillon.core.webhook.WebhookAdmin.Rotation;
import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookBodies;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookSecrets;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.Webhooks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An application's webhooks, as the tenant's members change them. Calls block. Thread-safe. */
public final class AppWebhooks {
  private static final int SECRET_BYTES = 24;

  private final ConsolePorts ports;
  private final WebhookAdmin admin;
  private final WebhookLedger ledger;
  private final Webhooks webhooks;
  private final SecureRandom random = new SecureRandom();

  public AppWebhooks(
      ConsolePorts ports, WebhookAdmin admin, WebhookLedger ledger, Webhooks webhooks) {
    this.ports = ports;
    this.admin = admin;
    this.ledger = ledger;
    this.webhooks = webhooks;
  }

  /** Those of the application, oldest first. */
  public List<Listed> list(Acting by, AppId app) {
    return admin.list(by.tenant(), app);
  }

  /** The application's webhook, or a refusal that is the same for others' and for none. */
  public Outcome<Listed> find(Acting by, AppId app, WebhookId id) {
    return list(by, app).stream()
        .filter(listed -> listed.endpoint().id().equals(id))
        .findFirst()
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.WEBHOOK_UNKNOWN));
  }

  /** A new one, with its secret. */
  public Outcome<Listed> create(Acting by, AppId app, WebhookSettings settings) {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    WebhookEndpoint endpoint =
        new WebhookEndpoint(WebhookId.random(), app, settings, WebhookSecrets.of(newSecret()), now);
    return ports
        .work()
        .atomically(
            () -> {
              if (!admin.create(by.tenant(), endpoint)) {
                return Outcome.refused(
                    Problem.of(
                        ErrorCode.TOO_MANY_ITEMS,
                        "webhooks: one more than "
                            + WebhookEndpoint.ENDPOINTS_MAX
                            + " (expected: up to that many)"));
              }
              Change change = new Change(null, Described.webhook(settings));
              write(by, "webhook.created", endpoint, change);
              return find(by, app, endpoint.id());
            });
  }

  private Secret newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Secret.of(WebhookBodies.SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  public Outcome<Listed> change(Acting by, Listed listed, WebhookSettings settings) {
    WebhookEndpoint endpoint = listed.endpoint();
    Map<String, String> before = Described.webhook(endpoint.settings());
    Map<String, String> after = Described.webhook(settings);
    if (before.equals(after)) {
      return Outcome.done(listed);
    }
    return ports
        .work()
        .atomically(
            () -> {
              if (!admin.change(by.tenant(), endpoint.app(), endpoint.id(), settings)) {
                return Outcome.refused(ErrorCode.WEBHOOK_UNKNOWN);
              }
              write(by, "webhook.changed", endpoint, Described.difference(before, after));
              return find(by, endpoint.app(), endpoint.id());
            });
  }

  /** Another secret; the one that it had signs, too, for a while. */
  public Outcome<Listed> rotate(Acting by, Listed listed, Duration formerFor) {
    WebhookEndpoint endpoint = listed.endpoint();
    Instant until = ports.clock().instant().plus(formerFor).truncatedTo(ChronoUnit.MILLIS);
    return ports
        .work()
        .atomically(
            () -> {
              Rotation rotation = new Rotation(newSecret(), until);
              if (!admin.rotate(by.tenant(), endpoint.app(), endpoint.id(), rotation)) {
                return Outcome.refused(ErrorCode.WEBHOOK_UNKNOWN);
              }
              Change change = new Change(null, Map.of("formerUntil", until.toString()));
              write(by, "webhook.secret_changed", endpoint, change);
              return find(by, endpoint.app(), endpoint.id());
            });
  }

  /** What waits for it is dropped, and its ledger is gone. */
  public Outcome<WebhookId> delete(Acting by, Listed listed) {
    WebhookEndpoint endpoint = listed.endpoint();
    return ports
        .work()
        .atomically(
            () -> {
              if (!admin.delete(by.tenant(), endpoint.app(), endpoint.id())) {
                return Outcome.refused(ErrorCode.WEBHOOK_UNKNOWN);
              }
              Change gone = new Change(Described.webhook(endpoint.settings()), null);
              write(by, "webhook.deleted", endpoint, gone);
              return Outcome.done(endpoint.id());
            });
  }

  /** Calls it now, whatever waits and whether it is paused or not. */
  public WebhookAttempt test(Listed listed) {
    return webhooks.test(listed.endpoint());
  }

  /** What it was told, and the calls. */
  public WebhookLedger ledger() {
    return ledger;
  }

  /** How many events wait again. */
  public int replay(Acting by, Listed listed, WebhookLedger.Range range) {
    WebhookEndpoint endpoint = listed.endpoint();
    long now = ports.clock().instant().toEpochMilli();
    return ports
        .work()
        .atomically(
            () -> {
              int replayed = ledger.replay(endpoint.id(), range, now);
              if (replayed > 0) {
                Change change =
                    new Change(
                        null,
                        Map.of(
                            "events",
                            String.valueOf(replayed),
                            "first",
                            String.valueOf(range.first()),
                            "last",
                            String.valueOf(range.last())));
                write(by, "webhook.replayed", endpoint, change);
              }
              return replayed;
            });
  }

  private void write(Acting by, String action, WebhookEndpoint endpoint, Change change) {
    String target = "webhook " + endpoint.id() + " of app " + endpoint.app();
    ports.journal().write(by, action, target, change);
  }
}
