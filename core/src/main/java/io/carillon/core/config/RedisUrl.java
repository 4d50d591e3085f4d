package io.carillon.core.config;

import io.carillon.core.model.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, with the credentials taken out of the address. Immutable.
 *
 * @param servers {@code host:port}: one server, some nodes of a cluster, or sentinels
 * @param master the name by which sentinels know the master; null but with sentinels
 * @param encrypted whether connections use TLS
 */
public record RedisUrl(
    Kind kind, List<String> servers, @Nullable String master, boolean encrypted, Access access) {
  static final String EXPECTED =
      "redis://user:password@host:6379/0, redis-cluster://host:6379,host:6379 or"
          + " redis-sentinel://host:26379,host:26379/master; rediss... for TLS; options ?prefix=,"
          + " ?db= and ?replicas=";

  private static final int SERVER_PORT = 6_379;
  private static final int SENTINEL_PORT = 26_379;
  private static final int REPLICAS_MAX = 10;
  private static final int DATABASES_MAX = 10_000;

  /** What stands at the address. */
  public enum Kind {
    SINGLE("redis"),
    CLUSTER("redis-cluster"),
    SENTINEL("redis-sentinel");

    private final String scheme;

    Kind(String scheme) {
      this.scheme = scheme;
    }
  }

  /**
   * How it is used.
   *
   * @param user null for the default one
   * @param password null when the server asks for none
   * @param prefix what all names begin with, so that several installations may share a server
   * @param replicas how many replicas have to have a message before it is acknowledged
   */
  public record Access(
      @Nullable String user,
      @Nullable Secret password,
      int database,
      String prefix,
      int replicas) {}

  public RedisUrl {
    servers = List.copyOf(servers);
  }

  /** For people: without credentials. */
  @Override
  public String toString() {
    return String.join(",", servers) + (master == null ? "" : "/" + master);
  }

  /**
   * Reads an address of one of the forms of {@link #EXPECTED}.
   *
   * @throws IllegalArgumentException without repeating the text, which may hold a password
   */
  static RedisUrl parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw wrong("a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    boolean encrypted = scheme.startsWith("rediss");
    String plain = encrypted ? "redis" + scheme.substring("rediss".length()) : scheme;
    Kind kind =
        Stream.of(Kind.values())
            .filter(one -> one.scheme.equals(plain))
            .findFirst()
            .orElseThrow(() -> wrong("a scheme of Redis"));
    String path =
        uri.getPath() == null || uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
    Map<String, String> options = options(uri.getRawQuery());
    if (kind == Kind.SINGLE && !path.isEmpty()) {
      options.putIfAbsent("db", path);
    }
    if (kind == Kind.SENTINEL && path.isEmpty()) {
      throw wrong("the master's name");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    return new RedisUrl(
        kind,
        servers(kind, authority.substring(at + 1)),
        kind == Kind.SENTINEL ? path : null,
        encrypted,
        access(at < 0 ? "" : authority.substring(0, at), options));
  }

  private static Map<String, String> options(@Nullable String query) {
    Map<String, String> options = new TreeMap<>();
    for (String option : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = option.split("=", 2);
      if (parts.length < 2 || !List.of("prefix", "db", "replicas").contains(parts[0])) {
        throw wrong("the options prefix, db and replicas");
      }
      options.put(parts[0], decode(parts[1]));
    }
    return options;
  }

  private static List<String> servers(Kind kind, String hosts) {
    int port = kind == Kind.SENTINEL ? SENTINEL_PORT : SERVER_PORT;
    List<String> servers =
        Stream.of(hosts.split(",", -1))
            .map(host -> host.matches(".*:[0-9]{1,5}") ? host : host + ":" + port)
            .toList();
    boolean fine =
        servers.stream().allMatch(server -> server.matches("(\\[[0-9a-fA-F:]+]|[^:/]+):[0-9]+"));
    if (!fine || (kind == Kind.SINGLE && servers.size() > 1)) {
      throw wrong("host:port, several with commas between for a cluster or sentinels");
    }
    return servers;
  }

  private static Access access(String login, Map<String, String> options) {
    String[] parts = login.split(":", 2);
    String password = parts.length < 2 || parts[1].isEmpty() ? null : decode(parts[1]);
    String prefix = options.getOrDefault("prefix", "carillon");
    if (!prefix.matches("[A-Za-z0-9_-]{1,64}")) {
      throw wrong("a prefix of 1 to 64 letters, digits, _ or -");
    }
    return new Access(
        parts[0].isEmpty() ? null : decode(parts[0]),
        password == null ? null : Secret.of(password),
        number(options.getOrDefault("db", "0"), DATABASES_MAX),
        prefix,
        number(options.getOrDefault("replicas", "0"), REPLICAS_MAX));
  }

  private static int number(String text, int most) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > most) {
      throw wrong("a number up to " + most);
    }
    return Integer.parseInt(text);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("not a Redis URL (expected: " + expected + ")");
  }
}
