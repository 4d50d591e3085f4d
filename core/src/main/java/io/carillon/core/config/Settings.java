package io.carillon.core.config;

import io.carillon.core.config.CarillonConfig.BootstrapApp;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Origins;
import io.carillon.core.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: every setting there is, in the order in which it is documented. Immutable. {@code
 * docs/configuration.md} is rendered from it.
 */
public final class Settings {
  private static final int MASTER_KEY_BYTES = 32;

  static final Setting<String> CONFIG =
      new Setting<>(
          "carillon.config",
          ValueType.of("a path", text -> text),
          "carillon.yml",
          "File with settings; a missing default file is no error. Environment variable only.");

  static final Setting<String> HOST =
      new Setting<>(
          "carillon.host",
          ValueType.of("an address or host name", Settings::hostName),
          "0.0.0.0",
          "Address to listen on; all by default, as servers and containers need; 127.0.0.1 keeps"
              + " it to this machine.");
  static final Setting<Integer> PORT =
      new Setting<>(
          "carillon.port",
          ValueType.integer(0, 65_535),
          "8080",
          "TCP port of the console, both APIs and the sockets; 0 takes a free one.");
  static final Setting<List<Role>> ROLES =
      new Setting<>(
          "carillon.roles",
          ValueType.listOf(ValueType.of("api, edge or console", text -> named(Role.class, text))),
          "api,edge,console",
          "What this process does.");
  static final Setting<URI> PUBLIC_URL =
      new Setting<>(
          "carillon.public-url",
          ValueType.of("http(s)://host[:port] without path or query", Settings::publicUrl),
          "",
          "Address by which clients reach this server, when a proxy stands before it.");
  static final Setting<Integer> METRICS_PORT =
      new Setting<>(
          "carillon.metrics-port",
          ValueType.integer(0, 65_535),
          "",
          "TCP port of `/metrics` alone, for Prometheus; 0 takes a free one. Unset, the main port has"
              + " them for callers on this machine, as long as neither `carillon.public-url` nor"
              + " `carillon.trusted-proxies` says that a proxy stands before the server.");
  static final Setting<String> METRICS_HOST =
      new Setting<>(
          "carillon.metrics-host",
          ValueType.of("an address or host name", Settings::hostName),
          "127.0.0.1",
          "Address on which that port listens; 0.0.0.0 for a Prometheus on another machine, which"
              + " then only a firewall or a network of containers keeps others from.");
  static final Setting<Transport> TRANSPORT =
      new Setting<>(
          "carillon.transport",
          ValueType.of("auto, io_uring, epoll or nio", text -> named(Transport.class, text)),
          "auto",
          "System interface by which sockets are read and written: auto takes the fastest that the"
              + " machine has; io_uring and epoll are of Linux and end the start elsewhere.");
  static final Setting<CompressedProtocols> COMPRESSION =
      new Setting<>(
          "carillon.compression",
          ValueType.of("none, native or all", text -> named(CompressedProtocols.class, text)),
          "native",
          "Sockets on which a client that asks for it gets compressed messages (permessage-deflate):"
              + " none, those of the native protocol, or Pusher's as well.");

  static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "carillon.log-format",
          ValueType.of("text or json", text -> named(LogFormat.class, text)),
          "text",
          "What a line of the log looks like: text for people, or one object of JSON for programs, in"
              + " which the start is told as well, without the secrets that a terminal is shown.");
  static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>(
          "carillon.log-level",
          ValueType.of("error, warn, info or debug", text -> named(LogLevel.class, text)),
          "info",
          "What is logged at least; debug tells of each connection and each refusal. Libraries stay"
              + " at warn, since their debug lines have what people authenticate with.");
  static final Setting<Boolean> ACCESS_LOG =
      new Setting<>(
          "carillon.access-log",
          ValueType.yesOrNo(),
          "false",
          "Whether each HTTP request is logged when it is answered, with its id, path (without the"
              + " query), status and time.");

  static final Setting<URI> OTLP_ENDPOINT =
      new Setting<>(
          "carillon.otlp-endpoint",
          ValueType.of("http(s)://host[:port][/path]", Settings::collector),
          "",
          "Collector of OpenTelemetry that takes traces by OTLP over HTTP, such as"
              + " `http://localhost:4318`; `/v1/traces` is added. Unset, nothing is traced.");
  static final Setting<Double> OTLP_RATIO =
      new Setting<>(
          "carillon.otlp-ratio",
          ValueType.of("0..1", Settings::ratio),
          "0.1",
          "Part of the requests, publications and calls of webhooks that are traced; requests whose"
              + " `traceparent` says whether they are go by that.");

  static final Setting<Integer> DRAIN_DELAY =
      new Setting<>(
          "carillon.drain.delay-seconds",
          ValueType.integer(0, 300),
          "0",
          "Seconds between a stop signal and the first client that is sent away; `/health/readiness`"
              + " says so at once, and a load balancer needs this time to notice.");
  static final Setting<Integer> DRAIN_SPREAD =
      new Setting<>(
          "carillon.drain.spread-seconds",
          ValueType.integer(0, 300),
          "10",
          "Seconds over which the clients of a stopping process are sent to another one at most; a"
              + " thousand take one second.");

  static final Setting<Path> DATA =
      new Setting<>(
          "carillon.data",
          ValueType.of("a path", Path::of),
          "data",
          "Folder of the embedded Postgres, the master key and the demo application.");
  static final Setting<PostgresUrl> POSTGRES_URL =
      new Setting<>(
          "carillon.postgres-url",
          ValueType.secret(
              "postgres://user:password@host:5432/database or"
                  + " jdbc:postgresql://host:5432/database?user=...&password=...",
              PostgresUrl::parse),
          "",
          "Postgres to use instead of the embedded one.");
  static final Setting<RedisUrl> REDIS_URL =
      new Setting<>(
          "carillon.redis-url",
          ValueType.secret(RedisUrl.EXPECTED, RedisUrl::parse),
          "",
          "Redis (6.2 or newer, or Valkey) through which several processes on one Postgres share"
              + " their channels; without it the process works alone. `prefix` begins all names"
              + " there, `replicas` says how many replicas have to have a message before it is"
              + " acknowledged.");
  static final Setting<Secret> MASTER_KEY =
      new Setting<>(
          "carillon.master-key",
          ValueType.secret(
              "32 bytes in Base64 or hex, as `openssl rand -base64 32` makes them",
              Settings::masterKey),
          "",
          "Key that seals secrets in the database; made at the first start and kept in"
              + " `master.key` of the data folder when unset.");

  static final Setting<List<Cidr>> TRUSTED_PROXIES =
      new Setting<>(
          "carillon.trusted-proxies",
          ValueType.listOf(ValueType.of("an address block such as 10.0.0.0/8", Cidr::parse)),
          "",
          "Proxies whose X-Forwarded-For header is believed.");
  static final Setting<List<String>> ALLOWED_ORIGINS =
      new Setting<>(
          "carillon.allowed-origins",
          ValueType.listOf(
              ValueType.of("* or an origin such as https://app.example.com", Settings::origin)),
          "*",
          "Origins of web pages that may connect; an application may take fewer.");
  static final Setting<Secret> OPERATOR_TOKEN =
      new Setting<>(
          "carillon.operator-token",
          ValueType.secret(
              "32 to 200 printable characters without spaces, as `openssl rand -hex 32` makes them",
              text -> text.matches("[!-~]{32,200}") ? Secret.of(text) : null),
          "",
          "Bearer token by which the operator sets plans and gives them to teams (`/v1/operator`);"
              + " unset, nobody can.");
  static final Setting<List<BootstrapApp>> BOOTSTRAP_APPS =
      new Setting<>(
          "carillon.bootstrap-apps",
          ValueType.listOf(ValueType.secret("id:key:secret", Settings::bootstrapApp)),
          "",
          "Applications that are created or updated at each start, with development limits; numeric"
              + " ids suit all Pusher libraries.");
  static final Setting<Boolean> DEMO_APP =
      new Setting<>(
          "carillon.demo-app",
          ValueType.yesOrNo(),
          "true",
          "Whether a demo application is made and shown at start when there are no bootstrap"
              + " applications.");

  static final Setting<SmtpUrl> SMTP_URL =
      new Setting<>(
          "carillon.smtp-url",
          ValueType.secret(SmtpUrl.EXPECTED, SmtpUrl::parse),
          "",
          "Server that takes the console's mails (confirming an address, a new password,"
              + " invitations); without one their links are printed to the log.");
  static final Setting<String> MAIL_FROM =
      new Setting<>(
          "carillon.mail-from",
          ValueType.of("an address such as carillon@example.com", Settings::mailAddress),
          "carillon@localhost",
          "Sender of the console's mails.");

  static final Setting<URI> OIDC_ISSUER =
      new Setting<>(
          "carillon.oidc.issuer",
          ValueType.of(
              "https://host[/path] as the provider's discovery says it, or http:// of this machine",
              Settings::issuer),
          "",
          "Provider of OpenID Connect by which people may sign in to the console too; its client"
              + " needs `<public-url>/v1/console/identity/callback` as redirect URI, and its ID"
              + " tokens `email` and `email_verified`.");
  static final Setting<String> OIDC_CLIENT_ID =
      new Setting<>(
          "carillon.oidc.client-id",
          ValueType.of("a client id", text -> text),
          "",
          "Client id at that provider; needed with it.");
  static final Setting<Secret> OIDC_CLIENT_SECRET =
      new Setting<>(
          "carillon.oidc.client-secret",
          ValueType.secret("a client secret", Secret::of),
          "",
          "Client secret at that provider; needed with it.");
  static final Setting<String> OIDC_LABEL =
      new Setting<>(
          "carillon.oidc.label",
          ValueType.of("1 to 50 characters", text -> text.length() <= 50 ? text : null),
          "single sign-on",
          "What people call that provider, as the button says it.");

  static final Setting<Integer> HEARTBEAT_INTERVAL =
      new Setting<>(
          "carillon.heartbeat.interval-seconds",
          ValueType.integer(1, 3_600),
          "25",
          "Seconds without a message after which a native client is probed. After twice as many its"
              + " connection is closed.");
  static final Setting<Integer> ACTIVITY_TIMEOUT =
      new Setting<>(
          "carillon.heartbeat.activity-timeout-seconds",
          ValueType.integer(1, 3_600),
          "120",
          "Seconds without a message after which a client of Pusher's protocol is probed.");
  static final Setting<Integer> PONG_TIMEOUT =
      new Setting<>(
          "carillon.heartbeat.pong-timeout-seconds",
          ValueType.integer(1, 3_600),
          "30",
          "Seconds that the answer of a client of Pusher's protocol may take.");

  static final Setting<Integer> PRESENCE_GRACE =
      new Setting<>(
          "carillon.presence.grace-seconds",
          ValueType.integer(0, 300),
          "15",
          "Seconds for which a native client whose connection was lost stays present, so that coming"
              + " back is no event.");

  static final Setting<Integer> APPEND_WINDOW =
      new Setting<>(
          "carillon.messages.append-window-millis",
          ValueType.integer(0, 500),
          "40",
          "Milliseconds for which appends of one publisher to one message are gathered into one"
              + " publication; 0 sends each by itself.");

  static final Setting<Integer> USAGE_MINUTES_DAYS =
      new Setting<>(
          "carillon.usage.minutes-days",
          ValueType.integer(2, 366),
          "7",
          "Days for which usage is kept by the minute; after that by the hour.");
  static final Setting<Integer> USAGE_HOURS_DAYS =
      new Setting<>(
          "carillon.usage.hours-days",
          ValueType.integer(2, 3_660),
          "90",
          "Days for which usage is kept by the hour; by the day it is kept for ever.");
  static final Setting<List<Cidr>> WEBHOOK_NETWORKS =
      new Setting<>(
          "carillon.webhooks.allowed-networks",
          ValueType.listOf(ValueType.of("an address block such as 10.0.0.0/8", Cidr::parse)),
          "",
          "Networks that webhooks may call although they are not public; private, loopback and"
              + " metadata addresses are refused otherwise. Every tenant may reach them then.");
  static final Setting<Integer> WEBHOOK_HOLD =
      new Setting<>(
          "carillon.webhooks.hold-millis",
          ValueType.integer(0, 60_000),
          "3000",
          "Milliseconds for which `channel_vacated` and `member_removed` wait, so that a quick"
              + " reconnect is no event; 0 tells them at once.");
  static final Setting<Integer> WEBHOOK_RETRY =
      new Setting<>(
          "carillon.webhooks.first-retry-millis",
          ValueType.integer(10, 60_000),
          "1000",
          "Milliseconds after which a failed call is tried again first; each further wait is twice"
              + " as long, up to 1,800 times this.");
  static final Setting<Integer> WEBHOOK_GIVE_UP =
      new Setting<>(
          "carillon.webhooks.give-up-hours",
          ValueType.integer(1, 168),
          "24",
          "Hours for which an event is tried before it becomes a dead letter.");

  static final Setting<Integer> MAX_FRAME_BYTES =
      new Setting<>(
          "carillon.limits.max-frame-bytes",
          ValueType.integer(65_536, 16_777_216),
          "131072",
          "Largest message in bytes that a client may send on a socket.");
  static final Setting<Integer> MAX_REQUEST_BYTES =
      new Setting<>(
          "carillon.limits.max-request-bytes",
          ValueType.integer(65_536, 67_108_864),
          "1048576",
          "Largest HTTP request body in bytes.");
  static final Setting<Integer> OUTBOX_BYTES =
      new Setting<>(
          "carillon.limits.outbox-bytes",
          ValueType.integer(65_536, 16_777_216),
          "1048576",
          "Bytes that may wait for one slow connection before it is closed.");
  static final Setting<Integer> HOT_BYTES =
      new Setting<>(
          "carillon.limits.hot-bytes",
          ValueType.integer(1_048_576, Integer.MAX_VALUE),
          "67108864",
          "Memory in bytes for the newest messages of all channels; the oldest go first.");
  static final Setting<Integer> MAX_CONNECTIONS =
      new Setting<>(
          "carillon.limits.max-connections-per-node",
          ValueType.integer(1, 10_000_000),
          "100000",
          "Connections that this process holds at once; one more is told to come back later.");
  static final Setting<Integer> APP_MESSAGES =
      new Setting<>(
          "carillon.limits.app-messages-per-second",
          ValueType.integer(0, 10_000_000),
          "0",
          "Messages that an application may publish in a second, and as many at once, over all"
              + " processes and by all doors; what is beyond is refused with the time after which to"
              + " try again. Plans may say less. 0 for no limit. The same for all processes.");
  static final Setting<Integer> PLATFORM_MESSAGES =
      new Setting<>(
          "carillon.limits.platform-messages-per-second",
          ValueType.integer(0, 10_000_000),
          "0",
          "The same for all applications together.");
  static final Setting<Integer> ADDRESS_CONNECTIONS =
      new Setting<>(
          "carillon.limits.address-connections-per-second",
          ValueType.integer(0, 1_000_000),
          "0",
          "Attempts to connect in a second, and ten times as many at once, that this process takes"
              + " from one address (of version 6: from one /64), as `carillon.trusted-proxies` lets"
              + " it know; others are refused with 429 before anything is read. 0 for no limit. Mind"
              + " that a whole office may have one address.");

  /** Settings that belong together, under a heading. */
  public record Group(String title, List<Setting<?>> settings) {}

  /** What the operator allows. */
  static final Group LIMITS =
      new Group(
          "Limits",
          List.of(
              MAX_FRAME_BYTES,
              MAX_REQUEST_BYTES,
              OUTBOX_BYTES,
              HOT_BYTES,
              MAX_CONNECTIONS,
              APP_MESSAGES,
              PLATFORM_MESSAGES,
              ADDRESS_CONNECTIONS));

  /** The whole catalogue. */
  public static final List<Group> GROUPS =
      List.of(
          new Group("Where settings come from", List.of(CONFIG)),
          new Group(
              "Server",
              List.of(
                  HOST,
                  PORT,
                  ROLES,
                  PUBLIC_URL,
                  METRICS_PORT,
                  METRICS_HOST,
                  TRANSPORT,
                  COMPRESSION)),
          new Group("Logs", List.of(LOG_FORMAT, LOG_LEVEL, ACCESS_LOG)),
          new Group("Tracing", List.of(OTLP_ENDPOINT, OTLP_RATIO)),
          new Group("Stopping", List.of(DRAIN_DELAY, DRAIN_SPREAD)),
          new Group("Storage", List.of(DATA, POSTGRES_URL, REDIS_URL, MASTER_KEY)),
          new Group(
              "Access",
              List.of(TRUSTED_PROXIES, ALLOWED_ORIGINS, OPERATOR_TOKEN, BOOTSTRAP_APPS, DEMO_APP)),
          new Group("Mail", List.of(SMTP_URL, MAIL_FROM)),
          new Group(
              "Sign-in", List.of(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_LABEL)),
          new Group("Heartbeat", List.of(HEARTBEAT_INTERVAL, ACTIVITY_TIMEOUT, PONG_TIMEOUT)),
          new Group("Presence", List.of(PRESENCE_GRACE)),
          new Group("Messages", List.of(APPEND_WINDOW)),
          new Group("Usage", List.of(USAGE_MINUTES_DAYS, USAGE_HOURS_DAYS)),
          new Group(
              "Webhooks", List.of(WEBHOOK_NETWORKS, WEBHOOK_HOLD, WEBHOOK_RETRY, WEBHOOK_GIVE_UP)),
          LIMITS);

  private Settings() {}

  /** Names are written in lower case. */
  private static <E extends Enum<E>> E named(Class<E> type, String text) {
    return Enum.valueOf(
        type, text.equals(text.toLowerCase(Locale.ROOT)) ? text.toUpperCase(Locale.ROOT) : "");
  }

  private static @Nullable String hostName(String text) {
    return text.matches("[A-Za-z0-9._:-]{1,253}") ? text : null;
  }

  private static @Nullable String mailAddress(String text) {
    return text.matches("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,189}") ? text : null;
  }

  private static @Nullable URI issuer(String text) {
    try {
      URI uri = URI.create(text);
      String host = uri.getHost();
      boolean here = "localhost".equals(host) || "127.0.0.1".equals(host);
      boolean allowed = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here);
      return host != null && allowed && uri.getQuery() == null && uri.getFragment() == null
          ? uri
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable URI collector(String text) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean plain = uri.getRawQuery() == null && uri.getRawUserInfo() == null;
    return web && uri.getHost() != null && plain && uri.getRawFragment() == null ? uri : null;
  }

  private static @Nullable Double ratio(String text) {
    double value = Double.parseDouble(text);
    return value >= 0 && value <= 1 ? value : null;
  }

  private static @Nullable URI publicUrl(String text) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean bare =
        uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
    return web && uri.getHost() != null && bare && uri.getRawFragment() == null ? uri : null;
  }

  private static @Nullable String origin(String text) {
    return text.equals("*") ? text : Origins.parse(text);
  }

  private static @Nullable Secret masterKey(String text) {
    byte[] key =
        text.length() == 2 * MASTER_KEY_BYTES
            ? HexFormat.of().parseHex(text)
            : Base64.getDecoder().decode(text);
    return key.length == MASTER_KEY_BYTES ? Secret.of(text) : null;
  }

  private static @Nullable BootstrapApp bootstrapApp(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 3) {
      return null;
    }
    ApiKey key = new ApiKey(new KeyId(parts[1]), Secret.of(parts[2]), "bootstrap");
    return new BootstrapApp(new AppId(parts[0]), key);
  }
}
