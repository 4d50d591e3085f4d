package io.carillon.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.api.console.ConsoleSecurity;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.PostgresUrl;
import io.carillon.core.config.Role;
import io.carillon.core.config.Transport;
import io.carillon.core.model.Secret;
import io.carillon.postgres.PostgresEngine;
import io.carillon.redis.RedisWiring;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says Carillon's settings in the words of Micronaut. The one place that does. Stateless. */
final class ServerProperties {
  private static final int ANY_PORT = -1;

  /** Where the database is. */
  record Database(String jdbcUrl, String user, String password) {
    static Database of(PostgresUrl url) {
      byte[] password = url.password() == null ? new byte[0] : url.password().reveal();
      return new Database(url.jdbcUrl(), url.user(), new String(password, UTF_8));
    }

    @Override
    public String toString() {
      return jdbcUrl;
    }
  }

  private ServerProperties() {}

  static Map<String, Object> of(CarillonConfig config, Database database, String masterKey) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.application.name", "carillon");
    server(properties, config);
    properties.putAll(
        PostgresEngine.properties(database.jdbcUrl(), database.user(), database.password()));
    properties.put(RedisWiring.PROPERTY, config.storage().redis() != null);
    carillon(properties, config, masterKey);
    properties.put("carillon.smtp", config.mail().smtp() != null);
    properties.put("carillon.oidc", config.oidc() != null);
    properties.putAll(ConsoleSecurity.properties(masterKey));
    if (config.server().publicUrl() != null) {
      properties.put("carillon.public-url", config.server().publicUrl().toString());
    }
    health(properties);
    crossOrigin(properties, config);
    if (config.server().roles().contains(Role.CONSOLE)) {
      properties.put("micronaut.router.static-resources.console.paths", "classpath:console");
      properties.put("micronaut.router.static-resources.console.mapping", "/**");
    }
    return properties;
  }

  private static void server(Map<String, Object> properties, CarillonConfig config) {
    int port = config.server().port();
    properties.put("micronaut.server.host", config.server().host());
    properties.put("micronaut.server.port", port == 0 ? ANY_PORT : port);
    properties.put("micronaut.server.max-request-size", config.limits().maxRequestBytes());
    properties.put("micronaut.server.idle-timeout", "90s");
    List<String> transports = transports(config.server().sockets().transport());
    properties.put("micronaut.netty.event-loops.default.transport", transports);
    properties.put("micronaut.server.netty.parent.transport", transports);
  }

  /** By preference; what is not there is passed over, and an empty rest ends the start. */
  private static List<String> transports(Transport transport) {
    return switch (transport) {
      case AUTO -> List.of("epoll", "nio");
      case IO_URING, EPOLL, NIO -> List.of(transport.name().toLowerCase(Locale.ROOT));
    };
  }

  private static void carillon(
      Map<String, Object> properties, CarillonConfig config, String masterKey) {
    properties.put("carillon.master-key", masterKey);
    for (Role role : Role.values()) {
      properties.put(
          "carillon.role." + role.name().toLowerCase(Locale.ROOT),
          config.server().roles().contains(role));
    }
    properties.put("carillon.heartbeat.interval-seconds", config.heartbeat().intervalSeconds());
    properties.put(
        "carillon.heartbeat.activity-timeout-seconds", config.heartbeat().activityTimeoutSeconds());
    properties.put(
        "carillon.heartbeat.pong-timeout-seconds", config.heartbeat().pongTimeoutSeconds());
    properties.put(
        "carillon.compression",
        config.server().sockets().compression().name().toLowerCase(Locale.ROOT));
    properties.put("carillon.limits.max-frame-bytes", config.limits().maxFrameBytes());
    properties.put("carillon.limits.max-request-bytes", config.limits().maxRequestBytes());
    properties.put("carillon.limits.outbox-bytes", config.limits().outboxBytes());
    properties.put(
        "carillon.limits.max-connections-per-node", config.limits().maxConnectionsPerNode());
    properties.put(
        "carillon.limits.address-connections-per-second",
        config.limits().rates().addressConnections());
    Secret operator = config.access().operatorToken();
    if (operator != null) {
      properties.put("carillon.operator-token", new String(operator.reveal(), UTF_8));
    }
    properties.put("carillon.tracing", config.tracing() != null);
    properties.put("carillon.access-log", config.logging().access());
    properties.put("carillon.allowed-origins", config.access().allowedOrigins());
    properties.put(
        "carillon.trusted-proxies",
        config.access().trustedProxies().stream().map(Object::toString).toList());
  }

  /**
   * Pages of other origins use the HTTP transports; nothing of the server knows cookies of them.
   */
  private static void crossOrigin(Map<String, Object> properties, CarillonConfig config) {
    String prefix = "micronaut.server.cors.";
    properties.put(prefix + "enabled", true);
    properties.put(prefix + "localhost-pass-through", true);
    properties.put(prefix + "configurations.pages.allow-credentials", false);
    if (!config.access().allowsOrigin("*")) {
      properties.put(
          prefix + "configurations.pages.allowed-origins", config.access().allowedOrigins());
    }
  }

  /** The state alone is for everybody; what lies behind it is not. */
  private static void health(Map<String, Object> properties) {
    properties.put("endpoints.all.enabled", false);
    properties.put("endpoints.health.enabled", true);
    properties.put("endpoints.health.sensitive", false);
    properties.put("endpoints.health.details-visible", "NEVER");
    properties.put("endpoints.health.disk-space.enabled", false);
  }
}
