package io.carillon.core.config;

import io.carillon.core.config.CarillonConfig.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the environment and the content of {@code carillon.yml} into a checked configuration; the
 * environment wins. Confined to the thread that loads; it collects every problem before it answers.
 */
public final class ConfigLoader {
  private static final String PREFIX = "CARILLON_";
  private static final String TEST_PREFIX = "CARILLON_TEST_";

  /** What the command-line client reads: who uses it may have these beside a server's settings. */
  private static final Set<String> OF_CLIENTS =
      Set.of("CARILLON_URL", "CARILLON_APP", "CARILLON_KEY", "CARILLON_SECRET", "CARILLON_TOKEN");

  /** What became of the settings. */
  public sealed interface Result {}

  /** All is well. */
  public record Loaded(CarillonConfig config) implements Result {}

  /** At least one setting is wrong; each problem is one line for people, without any secret. */
  public record Refused(List<String> problems) implements Result {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** A text and the name under which it was given. */
  private record Given(String name, String text) {}

  private final Map<String, Given> byKey = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * Loads and checks all settings.
   *
   * @param environment of the process; variables without the prefix {@code CARILLON_} are ignored
   * @param yaml nested maps, lists and scalars as a YAML parser makes them
   */
  public static Result load(Map<String, String> environment, Map<String, Object> yaml) {
    ConfigLoader loader = new ConfigLoader();
    loader.takeYaml(yaml);
    loader.takeEnvironment(environment);
    CarillonConfig config = loader.build();
    return loader.problems.isEmpty() && config != null
        ? new Loaded(config)
        : new Refused(loader.problems);
  }

  private void takeYaml(Map<String, Object> yaml) {
    Map<String, String> known = new TreeMap<>();
    for (Setting<?> setting : all()) {
      if (!setting.equals(Settings.CONFIG)) {
        known.put(setting.key(), setting.key());
      }
    }
    Map<String, String> flat = new TreeMap<>();
    flatten("", yaml, flat);
    take(flat, known);
  }

  private void takeEnvironment(Map<String, String> environment) {
    Map<String, String> known = new TreeMap<>();
    for (Setting<?> setting : all()) {
      known.put(setting.variable(), setting.key());
    }
    Map<String, String> ours = new TreeMap<>();
    environment.forEach(
        (name, text) -> {
          if (name.startsWith(PREFIX)
              && !name.startsWith(TEST_PREFIX)
              && !OF_CLIENTS.contains(name)) {
            ours.put(name, text);
          }
        });
    take(ours, known);
  }

  private void take(Map<String, String> given, Map<String, String> known) {
    given.forEach(
        (name, text) -> {
          String key = known.get(name);
          if (key == null) {
            String nearest = Nearest.of(name, known.keySet());
            problems.add(
                name + ": no such setting (expected: a known one; nearest: " + nearest + ")");
          } else if (!text.isBlank()) {
            byKey.put(key, new Given(name, text.strip()));
          }
        });
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case null -> into.put(name, "");
      case Map<?, ?> map ->
          map.forEach(
              (key, child) -> flatten(name.isEmpty() ? key + "" : name + "." + key, child, into));
      case List<?> list ->
          into.put(name, String.join(",", list.stream().map(String::valueOf).toList()));
      default -> into.put(name, value.toString());
    }
  }

  private @Nullable CarillonConfig build() {
    Integer port = value(Settings.PORT);
    String host = value(Settings.HOST);
    List<Role> roles = value(Settings.ROLES);
    List<String> origins = value(Settings.ALLOWED_ORIGINS);
    Boolean demoApp = value(Settings.DEMO_APP);
    var data = value(Settings.DATA);
    var publicUrl = value(Settings.PUBLIC_URL);
    var transport = value(Settings.TRANSPORT);
    var compression = value(Settings.COMPRESSION);
    var storage = value(Settings.POSTGRES_URL);
    var masterKey = value(Settings.MASTER_KEY);
    var proxies = value(Settings.TRUSTED_PROXIES);
    var operatorToken = value(Settings.OPERATOR_TOKEN);
    var apps = value(Settings.BOOTSTRAP_APPS);
    var redis = value(Settings.REDIS_URL);
    var smtp = value(Settings.SMTP_URL);
    var mailFrom = value(Settings.MAIL_FROM);
    var oidc = oidc();
    Integer metricsPort = value(Settings.METRICS_PORT);
    String metricsHost = value(Settings.METRICS_HOST);
    CarillonConfig.Drain drain =
        new CarillonConfig.Drain(
            Duration.ofSeconds(number(Settings.DRAIN_DELAY)),
            Duration.ofSeconds(number(Settings.DRAIN_SPREAD)));
    CarillonConfig.Heartbeat heartbeat = heartbeat();
    CarillonConfig.Presence presence = new CarillonConfig.Presence(number(Settings.PRESENCE_GRACE));
    CarillonConfig.Limits limits = limits();
    var messages = new CarillonConfig.Messages(number(Settings.APPEND_WINDOW));
    var usage =
        new CarillonConfig.Usage(
            number(Settings.USAGE_MINUTES_DAYS), number(Settings.USAGE_HOURS_DAYS));
    CarillonConfig.Webhooks webhooks = webhooks();
    var logFormat = value(Settings.LOG_FORMAT);
    var logLevel = value(Settings.LOG_LEVEL);
    var accessLog = value(Settings.ACCESS_LOG);
    var collector = value(Settings.OTLP_ENDPOINT);
    var ratio = value(Settings.OTLP_RATIO);
    if (!problems.isEmpty()) {
      return null;
    }
    return new CarillonConfig(
        new CarillonConfig.Server(
            new CarillonConfig.Listening(
                new Address(present(host), present(port)),
                metricsPort == null ? null : new Address(present(metricsHost), metricsPort)),
            EnumSet.copyOf(present(roles)),
            publicUrl,
            new CarillonConfig.Sockets(present(transport), present(compression)),
            drain),
        new CarillonConfig.Storage(present(data), storage, redis, masterKey),
        new CarillonConfig.Access(
            proxies == null ? List.of() : proxies,
            present(origins),
            operatorToken,
            apps == null ? List.of() : apps,
            present(demoApp)),
        new CarillonConfig.Mail(smtp, present(mailFrom)),
        oidc,
        heartbeat,
        presence,
        limits,
        messages,
        usage,
        webhooks,
        new CarillonConfig.Logging(present(logFormat), present(logLevel), present(accessLog)),
        collector == null ? null : new CarillonConfig.Tracing(collector, present(ratio)));
  }

  private CarillonConfig.Webhooks webhooks() {
    List<Cidr> networks = value(Settings.WEBHOOK_NETWORKS);
    return new CarillonConfig.Webhooks(
        networks == null ? List.of() : networks,
        Duration.ofMillis(number(Settings.WEBHOOK_HOLD)),
        Duration.ofMillis(number(Settings.WEBHOOK_RETRY)),
        Duration.ofHours(number(Settings.WEBHOOK_GIVE_UP)));
  }

  /** All of it or nothing. */
  private CarillonConfig.@Nullable Oidc oidc() {
    var issuer = value(Settings.OIDC_ISSUER);
    var id = value(Settings.OIDC_CLIENT_ID);
    var secret = value(Settings.OIDC_CLIENT_SECRET);
    var label = value(Settings.OIDC_LABEL);
    if (issuer != null && id != null && secret != null && label != null) {
      return new CarillonConfig.Oidc(issuer, id, secret, label);
    }
    if (issuer != null || id != null || secret != null) {
      problems.add(
          "carillon.oidc: a part of it (expected: issuer, client-id and client-secret, or none)");
    }
    return null;
  }

  private CarillonConfig.Heartbeat heartbeat() {
    return new CarillonConfig.Heartbeat(
        number(Settings.HEARTBEAT_INTERVAL),
        number(Settings.ACTIVITY_TIMEOUT),
        number(Settings.PONG_TIMEOUT));
  }

  private CarillonConfig.Limits limits() {
    return new CarillonConfig.Limits(
        number(Settings.MAX_FRAME_BYTES),
        number(Settings.MAX_REQUEST_BYTES),
        number(Settings.OUTBOX_BYTES),
        number(Settings.HOT_BYTES),
        number(Settings.MAX_CONNECTIONS),
        new CarillonConfig.Rates(
            number(Settings.APP_MESSAGES),
            number(Settings.PLATFORM_MESSAGES),
            number(Settings.ADDRESS_CONNECTIONS)));
  }

  /** The number, or 0 when it is wrong; then there is a problem and no configuration. */
  private int number(Setting<Integer> setting) {
    Integer value = value(setting);
    return value == null ? 0 : value;
  }

  private <T> @Nullable T value(Setting<T> setting) {
    Given given = byKey.get(setting.key());
    if (given == null) {
      return setting.defaultText().isEmpty() ? null : setting.type().parse(setting.defaultText());
    }
    T value = setting.type().parse(given.text());
    if (value == null) {
      String shown = setting.type().secret() ? "(hidden)" : given.text();
      problems.add(
          given.name() + ": " + shown + " (expected: " + setting.type().expectation() + ")");
    }
    return value;
  }

  /** For a setting with a default: without a problem there is a value. */
  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a default of the catalogue is not valid");
    }
    return value;
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>();
    Settings.GROUPS.forEach(group -> all.addAll(group.settings()));
    return all;
  }
}
