package io.carillon.standalone;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.PostgresUrl;
import io.carillon.core.config.RedisUrl;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.model.ApiKey;
import io.carillon.core.webhook.Webhooks;
import io.carillon.postgres.MasterKeyException;
import io.carillon.postgres.NewerSchemaException;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import io.carillon.postgres.embedded.EmbeddedPostgresException;
import io.carillon.redis.RedisAddress;
import io.carillon.redis.RedisEngine;
import io.carillon.standalone.files.DataFolder;
import io.carillon.standalone.files.DataFolder.DemoApp;
import io.carillon.standalone.files.StartException;
import io.carillon.standalone.logs.Logs;
import io.carillon.standalone.metrics.Exposition;
import io.carillon.standalone.metrics.MetricsServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything in one process: the database, both applications and the console, started in order and
 * stopped in the opposite order. Thread-safe; {@link #close} waits until all is stopped.
 */
public final class Standalone implements AutoCloseable {
  private static final Set<String> LOCAL_HOSTS =
      Set.of("0.0.0.0", "::", "127.0.0.1", "::1", "localhost");

  private final CarillonConfig config;
  private final Steps steps;
  private final DataFolder data;
  private final Resources resources = new Resources();

  /** Nothing is started yet, and {@link #close} may be called from now on. */
  public Standalone(CarillonConfig config, Steps steps) {
    this.config = config;
    this.steps = steps;
    this.data = new DataFolder(config.storage().data());
  }

  /**
   * What is running.
   *
   * @param url where this machine reaches the server
   * @param metricsUrl where figures are; null when they have no port of their own
   * @param demoApp null when there are bootstrap applications or it is switched off
   */
  public record Running(String url, @Nullable String metricsUrl, @Nullable DemoApp demoApp) {}

  /**
   * Starts and answers when requests are served.
   *
   * @throws StartException when something outside prevents it
   */
  public Running start() {
    requireFreePort();
    ServerProperties.Database database = database();
    RedisAddress redis = redis();
    String masterKey = masterKey();
    ApplicationContext context =
        steps.run(
            "Applications and database schema", progress -> context(database, redis, masterKey));
    String metricsUrl = metrics(context);
    Optional<DemoApp> demoApp = steps.run("Apps and keys", progress -> apps(context));
    Logs.name(context.getBean(Node.class).name());
    EmbeddedServer server = steps.run("Server on port " + portName(), progress -> server(context));
    String url = "http://" + urlHost(config.server().host()) + ":" + server.getPort();
    resources.add(data.announce(url));
    return new Running(url, metricsUrl, demoApp.orElse(null));
  }

  @Override
  public void close() {
    resources.close();
  }

  /** Whether anything runs that {@link #close} would stop. */
  boolean isRunning() {
    return !resources.isEmpty();
  }

  private ServerProperties.Database database() {
    PostgresUrl external = config.storage().postgres();
    if (external != null) {
      ServerProperties.Database database = ServerProperties.Database.of(external);
      steps.run("Postgres (" + database + ")", progress -> requireReachable(database));
      return database;
    }
    EmbeddedPostgres postgres =
        steps.run(
            "Postgres (embedded, " + config.storage().data().resolve("postgres") + ")",
            progress -> {
              try {
                return resources.add(EmbeddedPostgres.start(config.storage().data(), progress));
              } catch (EmbeddedPostgresException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
              }
            });
    return new ServerProperties.Database(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** The driver's own words are better than what a pool makes of them. */
  private static boolean requireReachable(ServerProperties.Database database) {
    Properties login = new Properties();
    login.setProperty("user", database.user());
    login.setProperty("password", database.password());
    login.setProperty("connectTimeout", "4");
    login.setProperty("loginTimeout", "5");
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), login)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      throw new StartException(
          database + " refuses: " + e.getMessage() + " (expected: a Postgres that can be reached)",
          e);
    }
  }

  /** Null without a Redis. */
  private @Nullable RedisAddress redis() {
    RedisUrl url = config.storage().redis();
    if (url == null) {
      return null;
    }
    RedisAddress address = RedisAddresses.of(url);
    steps.run("Redis (" + url + ")", progress -> requireReachable(address, progress));
    return address;
  }

  private static boolean requireReachable(RedisAddress address, Consumer<String> progress) {
    try {
      progress.accept(RedisEngine.check(address));
      return true;
    } catch (RuntimeException e) {
      throw new StartException(
          address + " refuses: " + e.getMessage() + " (expected: a Redis that can be reached)", e);
    }
  }

  private String masterKey() {
    var given = config.storage().masterKey();
    return given == null ? data.masterKey() : new String(given.reveal(), StandardCharsets.US_ASCII);
  }

  private ApplicationContext context(
      ServerProperties.Database database, @Nullable RedisAddress redis, String masterKey) {
    return resources.add(
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .deduceCloudEnvironment(false)
            .bootstrapEnvironment(false)
            .environmentPropertySource(false)
            .banner(false)
            .properties(ServerProperties.of(config, database, masterKey))
            .singletons(redis == null ? new Object[] {config} : new Object[] {config, redis})
            .build()
            .start());
  }

  /** There until all else is stopped, so that it can be watched how it stops. */
  private @Nullable String metrics(ApplicationContext context) {
    CarillonConfig.Address at = config.server().listening().metrics();
    if (at == null) {
      return null;
    }
    String place = at.host() + ":" + at.port();
    MetricsServer server =
        steps.run(
            "Metrics on " + place,
            progress -> {
              try {
                return MetricsServer.start(at, () -> context.getBean(Exposition.class));
              } catch (IOException e) {
                throw new StartException(
                    "metrics on "
                        + place
                        + ": "
                        + e.getMessage()
                        + " (expected: an address of this machine and a free port)",
                    e);
              }
            });
    resources.add(server);
    return "http://" + urlHost(at.host()) + ":" + server.port() + "/metrics";
  }

  private Optional<DemoApp> apps(ApplicationContext context) {
    DirectoryAdmin directory = directory(context);
    if (!config.access().bootstrapApps().isEmpty()) {
      for (CarillonConfig.BootstrapApp app : config.access().bootstrapApps()) {
        bootstrap(directory, app);
      }
      return Optional.empty();
    }
    if (!config.access().demoApp()) {
      return Optional.empty();
    }
    DemoApp demo = data.demoAppMadeIfAbsent();
    bootstrap(
        directory,
        new CarillonConfig.BootstrapApp(demo.id(), new ApiKey(demo.key(), demo.secret(), "demo")));
    return Optional.of(demo);
  }

  /** The first to need the secrets, so a wrong master key or schema is found out here. */
  private static DirectoryAdmin directory(ApplicationContext context) {
    try {
      return context.getBean(DirectoryAdmin.class);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof MasterKeyException || cause instanceof NewerSchemaException) {
          throw new StartException(String.valueOf(cause.getMessage()), e);
        }
      }
      throw e;
    }
  }

  private static void bootstrap(DirectoryAdmin directory, CarillonConfig.BootstrapApp app) {
    try {
      directory.bootstrap(app.id(), app.key());
    } catch (IllegalArgumentException e) {
      throw new StartException("app " + app.id() + ": " + e.getMessage(), e);
    }
  }

  private EmbeddedServer server(ApplicationContext context) {
    try {
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      resources.add(server::stop);
      Node node = context.getBean(Node.class);
      resources.add(context.getBean(Webhooks.class)::finish);
      resources.add(new Drain(config.server().drain(), node, server)::carryOut);
      return server;
    } catch (RuntimeException e) {
      throw isAboutBinding(e) ? portInUse(e) : e;
    }
  }

  /** Before anything else is started, so that the answer comes at once. */
  private void requireFreePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      InetAddress host = InetAddress.getByName(config.server().host());
      if (!host.isAnyLocalAddress() && NetworkInterface.getByInetAddress(host) == null) {
        throw wrongHost();
      }
      socket.bind(new InetSocketAddress(host, config.server().port()));
    } catch (BindException e) {
      throw portInUse(e);
    } catch (IOException e) {
      throw wrongHost();
    }
  }

  private StartException wrongHost() {
    return new StartException(
        "host: " + config.server().host() + " (expected: an address of this machine)");
  }

  private StartException portInUse(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Permission denied")) {
      return new StartException(
          "port " + config.server().port() + " may not be used (expected: 1024 or more)", cause);
    }
    return new StartException(
        "port " + config.server().port() + " is in use (expected: a free port; set CARILLON_PORT)",
        cause);
  }

  private static boolean isAboutBinding(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private String portName() {
    return config.server().port() == 0 ? "any" : String.valueOf(config.server().port());
  }

  private static String urlHost(String host) {
    if (LOCAL_HOSTS.contains(host)) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
