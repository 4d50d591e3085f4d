package io.carillon.postgres.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.AppId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookFormat;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookSecrets;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookSettings.Activity;
import io.carillon.core.webhook.WebhookSettings.Batching;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import io.carillon.core.webhook.WebhookType;
import io.carillon.postgres.SecretSeal;
import io.carillon.postgres.webhook.Sql.Array;
import io.micronaut.transaction.TransactionOperations;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints in their table; their secrets are sealed under the master key, each for its
 * endpoint alone. Joins the transaction of the caller if there is one. Immutable, thread-safe.
 */
record PostgresWebhookAdmin(TransactionOperations<Connection> transactions, SecretSeal seal)
    implements WebhookAdmin {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWebhookAdmin.class);

  @Override
  public long version() {
    return transactions.executeRead(
        status -> Sql.VERSION.query(status.getConnection(), row -> row.getLong(1)).getFirst());
  }

  @Override
  public List<WebhookEndpoint> all() {
    return transactions.executeRead(
        status ->
            Sql.ALL.query(status.getConnection(), this::endpoint).stream()
                .flatMap(Optional::stream)
                .toList());
  }

  @Override
  public List<Listed> list(TenantId tenant, AppId app) {
    return transactions.executeRead(
        status ->
            Sql.LIST
                .query(status.getConnection(), this::listed, tenant.value(), app.value())
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  private Optional<Listed> listed(ResultSet row) throws SQLException {
    Health health =
        new Health(row.getInt("failures"), row.getLong("closed_until"), row.getLong("dropped"));
    Backlog backlog =
        new Backlog(row.getLong("waiting"), row.getLong("dead"), row.getLong("oldest"));
    return endpoint(row).map(endpoint -> new Listed(endpoint, backlog, health));
  }

  /** Empty when a row cannot be read: others must not care. */
  private Optional<WebhookEndpoint> endpoint(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    Optional<Secret> secret = opened(id, row.getBytes("sealed_secret"));
    if (secret.isEmpty()) {
      LOG.error("Webhook {} is left out, as its secret does not open", id);
      return Optional.empty();
    }
    return Optional.of(
        new WebhookEndpoint(
            new WebhookId(id),
            new AppId(row.getString("app_id")),
            settings(row),
            secrets(id, secret.get(), row),
            row.getTimestamp("since").toInstant()));
  }

  private Optional<Secret> opened(UUID id, byte[] sealed) {
    return seal.open(owner(id), sealed).map(bytes -> Secret.of(new String(bytes, UTF_8)));
  }

  private WebhookSecrets secrets(UUID id, Secret current, ResultSet row) throws SQLException {
    byte[] former = row.getBytes("former_sealed_secret");
    return former == null
        ? WebhookSecrets.of(current)
        : new WebhookSecrets(
            current, opened(id, former).orElse(null), row.getTimestamp("former_until").toInstant());
  }

  private static WebhookSettings settings(ResultSet row) throws SQLException {
    EnumSet<WebhookType> types = EnumSet.noneOf(WebhookType.class);
    for (String type : (String[]) row.getArray("types").getArray()) {
      types.add(WebhookType.valueOf(type));
    }
    return new WebhookSettings(
        row.getString("label"),
        URI.create(row.getString("url")),
        WebhookFormat.valueOf(row.getString("format")),
        new Filter(types, row.getString("channel_prefix")),
        new Sending(
            row.getBoolean("batched") ? Batching.ON : Batching.OFF,
            row.getBoolean("paused") ? Activity.PAUSED : Activity.ACTIVE));
  }

  private static String owner(UUID id) {
    return "webhook/" + id;
  }

  private static Array types(WebhookSettings settings) {
    return Array.texts(settings.filter().types().stream().map(Enum::name).sorted().toList());
  }

  @Override
  public boolean create(TenantId tenant, WebhookEndpoint endpoint) {
    WebhookSettings settings = endpoint.settings();
    UUID id = endpoint.id().value();
    return transactions.executeWrite(
        status ->
            Sql.CREATE.update(
                    status.getConnection(),
                    id,
                    settings.label(),
                    settings.url().toString(),
                    settings.format().name(),
                    types(settings),
                    settings.filter().channelPrefix(),
                    settings.isBatched(),
                    settings.isPaused(),
                    seal.seal(owner(id), endpoint.secrets().current().reveal()),
                    Timestamp.from(endpoint.since()),
                    tenant.value(),
                    endpoint.app().value(),
                    WebhookEndpoint.ENDPOINTS_MAX)
                > 0);
  }

  @Override
  public boolean change(TenantId tenant, AppId app, WebhookId id, WebhookSettings settings) {
    return transactions.executeWrite(
        status -> {
          Connection connection = status.getConnection();
          int changed =
              Sql.CHANGE.update(
                  connection,
                  settings.label(),
                  settings.url().toString(),
                  settings.format().name(),
                  types(settings),
                  settings.filter().channelPrefix(),
                  settings.isBatched(),
                  settings.isPaused(),
                  tenant.value(),
                  app.value(),
                  id.value());
          Sql.UNFOLLOW.update(connection, app.value(), app.value());
          return changed > 0;
        });
  }

  @Override
  public boolean rotate(TenantId tenant, AppId app, WebhookId id, Rotation rotation) {
    return transactions.executeWrite(
        status ->
            Sql.ROTATE.update(
                    status.getConnection(),
                    Timestamp.from(rotation.formerUntil()),
                    seal.seal(owner(id.value()), rotation.fresh().reveal()),
                    tenant.value(),
                    app.value(),
                    id.value())
                > 0);
  }

  @Override
  public boolean delete(TenantId tenant, AppId app, WebhookId id) {
    return transactions.executeWrite(
        status -> {
          Connection connection = status.getConnection();
          int deleted = Sql.DELETE.update(connection, tenant.value(), app.value(), id.value());
          Sql.UNFOLLOW.update(connection, app.value(), app.value());
          return deleted > 0;
        });
  }
}
