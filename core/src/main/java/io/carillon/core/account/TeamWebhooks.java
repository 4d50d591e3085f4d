package io.carillon.core.account;

import io.carillon.core.account.AppListings.AppListing;
import io.carillon.core.account.QuotaAlerts.Alert;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookEvent;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.core.webhook.WebhookType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the webhooks of all applications of a team what concerns the team. Calls block; telling the
 * same again changes nothing. Immutable, thread-safe.
 */
public record TeamWebhooks(
    AppListings listings, WebhookAdmin admin, WebhookOutbox outbox, InstantSource clock) {
  /** No client can have a channel of this name. */
  static final ChannelName CHANNEL = ChannelName.of("#quota");

  /** That so much of a quota is used. */
  void quota(Alert alert) {
    List<Entry> entries = new ArrayList<>();
    for (AppListing app : listings.apps(alert.tenant())) {
      ChannelId channel = ChannelId.of(app.id(), CHANNEL);
      for (WebhookAdmin.Listed listed : admin.list(alert.tenant(), app.id())) {
        WebhookEndpoint endpoint = listed.endpoint();
        if (endpoint.settings().filter().takes(WebhookType.QUOTA_ALERT, CHANNEL.value())) {
          entries.add(new Entry(endpoint.id(), event(alert, channel)));
        }
      }
    }
    if (!entries.isEmpty()) {
      outbox.add(entries);
    }
  }

  private WebhookEvent event(Alert alert, ChannelId channel) {
    String id =
        String.join(
            "-",
            "quota",
            alert.tenant().value().toString(),
            alert.quota(),
            String.valueOf(alert.from().getEpochSecond()),
            String.valueOf(alert.percent()));
    String data =
        "{\"percent\":%d,\"used\":%d,\"allowed\":%d,\"from\":\"%s\"}"
            .formatted(alert.percent(), alert.used(), alert.allowed(), alert.from());
    return new WebhookEvent(
        id,
        WebhookType.QUOTA_ALERT,
        channel,
        clock.millis(),
        new Detail(null, alert.quota(), data, null));
  }
}
