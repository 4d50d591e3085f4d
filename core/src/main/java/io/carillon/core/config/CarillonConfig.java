package io.carillon.core.config;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every setting with its checked value, by room. Immutable. The catalogue {@link Settings} says
 * what each one means.
 *
 * @param oidc null when people sign in by passwords alone
 * @param tracing null when nothing is traced
 */
public record CarillonConfig(
    Server server,
    Storage storage,
    Access access,
    Mail mail,
    @Nullable Oidc oidc,
    Heartbeat heartbeat,
    Presence presence,
    Limits limits,
    Messages messages,
    Usage usage,
    Webhooks webhooks,
    Logging logging,
    @Nullable Tracing tracing) {

  /**
   * What the process is and where it listens.
   *
   * @param publicUrl null when clients reach the process at its own host and port
   */
  public record Server(
      Listening listening, Set<Role> roles, @Nullable URI publicUrl, Sockets sockets, Drain drain) {
    public Server {
      roles = Set.copyOf(roles);
    }

    public String host() {
      return listening.address().host();
    }

    /** 0 for a free one. */
    public int port() {
      return listening.address().port();
    }
  }

  /**
   * How bytes are moved.
   *
   * @param compression on which sockets messages are compressed when a client asks for it
   */
  public record Sockets(Transport transport, CompressedProtocols compression) {}

  /**
   * Where the process listens.
   *
   * @param metrics where figures are served; null for the main port, to this machine
   */
  public record Listening(Address address, @Nullable Address metrics) {}

  /** A place to listen at; the port may be 0 for a free one. */
  public record Address(String host, int port) {}

  /**
   * How a process stops.
   *
   * @param delay until the first client is sent away
   * @param spread over which time they are sent away at most
   */
  public record Drain(Duration delay, Duration spread) {}

  /**
   * Where data is kept.
   *
   * @param postgres null for the embedded server
   * @param redis null for the in-process engine
   * @param masterKey 32 bytes in Base64 or hex; null when the process keeps one in the data folder
   */
  public record Storage(
      Path data,
      @Nullable PostgresUrl postgres,
      @Nullable RedisUrl redis,
      @Nullable Secret masterKey) {}

  /**
   * Who may come in.
   *
   * @param allowedOrigins {@code *} alone, or origins such as {@code https://app.example.com}
   * @param operatorToken null when nobody may set plans
   * @param demoApp whether a demo application is made when there are no bootstrap applications
   */
  public record Access(
      List<Cidr> trustedProxies,
      List<String> allowedOrigins,
      @Nullable Secret operatorToken,
      List<BootstrapApp> bootstrapApps,
      boolean demoApp) {
    public Access {
      trustedProxies = List.copyOf(trustedProxies);
      allowedOrigins = List.copyOf(allowedOrigins);
      bootstrapApps = List.copyOf(bootstrapApps);
    }

    /** Whether a browser page of this origin may connect. */
    public boolean allowsOrigin(String origin) {
      return allowedOrigins.contains("*") || allowedOrigins.contains(origin);
    }

    /** Whether this peer is a proxy whose {@code X-Forwarded-For} is believed. */
    public boolean trusts(InetAddress peer) {
      return trustedProxies.stream().anyMatch(block -> block.contains(peer));
    }
  }

  /**
   * How mails are sent.
   *
   * @param smtp null when their links are printed to the log
   */
  public record Mail(@Nullable SmtpUrl smtp, String from) {}

  /** A provider of OpenID Connect by which people may sign in to the console. */
  public record Oidc(URI issuer, String clientId, Secret clientSecret, String label) {}

  /** An application that is made or updated at each start. */
  public record BootstrapApp(AppId id, ApiKey key) {}

  /**
   * How a silent connection is found out.
   *
   * @param intervalSeconds of native clients, which get as long again to answer
   * @param activityTimeoutSeconds of clients of Pusher's protocol
   * @param pongTimeoutSeconds what those get to answer
   */
  public record Heartbeat(
      int intervalSeconds, int activityTimeoutSeconds, int pongTimeoutSeconds) {}

  /** How long members outlive what is lost. */
  public record Presence(int graceSeconds) {}

  /**
   * How messages go out.
   *
   * @param appendWindowMillis for how long appends to one message are gathered; 0 sends each
   */
  public record Messages(int appendWindowMillis) {}

  /** For how many days usage is kept by minutes and by hours. */
  public record Usage(int minutesDays, int hoursDays) {}

  /**
   * How tenants' servers are called.
   *
   * @param allowedNetworks that may be called although they are not public
   * @param hold for how long an end waits whether it comes back
   * @param firstRetry the wait behind a first failure
   * @param giveUp how long an event is tried
   */
  public record Webhooks(
      List<Cidr> allowedNetworks, Duration hold, Duration firstRetry, Duration giveUp) {
    public Webhooks {
      allowedNetworks = List.copyOf(allowedNetworks);
    }
  }

  /**
   * What a collector of OpenTelemetry is told.
   *
   * @param ratio 0 to 1
   */
  public record Tracing(URI endpoint, double ratio) {}

  /**
   * What is logged.
   *
   * @param access whether each HTTP request is
   */
  public record Logging(LogFormat format, LogLevel level, boolean access) {}

  /**
   * How much the process takes, whatever an application allows.
   *
   * @param rates how fast
   */
  public record Limits(
      int maxFrameBytes,
      int maxRequestBytes,
      int outboxBytes,
      int hotBytes,
      int maxConnectionsPerNode,
      Rates rates) {}

  /**
   * How much is taken in a second; 0 for no limit.
   *
   * @param appMessages of each application, over all processes
   * @param platformMessages of all applications, over all processes
   * @param addressConnections attempts to connect from one address, on this process
   */
  public record Rates(int appMessages, int platformMessages, int addressConnections) {}
}
