package io.carillon.postgres.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.webhook.WebhookEvent;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox.Waiting;
import io.carillon.core.webhook.WebhookType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Events as rows. Stateless. */
final class Events {
  private Events() {}

  static Waiting waiting(ResultSet row) throws SQLException {
    byte[] data = row.getBytes("data");
    WebhookEvent event =
        new WebhookEvent(
            row.getString("event_id"),
            WebhookType.valueOf(row.getString("type")),
            ChannelId.of(
                new AppId(row.getString("app_id")), ChannelName.of(row.getString("channel"))),
            row.getLong("happened_at"),
            new Detail(
                row.getString("user_id"),
                row.getString("name"),
                data == null ? null : new String(data, UTF_8),
                row.getString("socket_id")));
    return new Waiting(
        row.getLong("number"), row.getLong("sequence"), row.getInt("attempts") + 1, event);
  }

  /** Text that Postgres takes and that fits. */
  static @Nullable String text(@Nullable String value, int most) {
    if (value == null) {
      return null;
    }
    String whole = value.replace('\0', '\uFFFD');
    return whole.length() <= most ? whole : whole.substring(0, most);
  }
}
