package io.carillon.benchmark.profile;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one system is started and spoken to: a file of properties, described in {@code
 * benchmarks/README.md}. Unknown keys are refused. Immutable.
 */
public final class Profile {
  private static final Set<String> KEYS =
      Set.of(
          "title",
          "version",
          "requires",
          "requires.hint",
          "install",
          "start",
          "nodes",
          "redis",
          "postgres",
          "ws.path",
          "ws.subprotocol",
          "ws.binary",
          "count",
          "alive.ask",
          "alive.answer",
          "publish.socket",
          "publish.echo",
          "publish.http.method",
          "publish.http.path",
          "publish.http.body",
          "publish.http.sign",
          "batch.path",
          "batch.body",
          "batch.item",
          "batch.size",
          "channel.prefix",
          "kept.prefix",
          "more.send",
          "more.expect",
          "presence.prefix",
          "presence.join",
          "presence.leave");
  private static final List<String> GROUPS =
      List.of(
          "churn.",
          "env.",
          "file.",
          "flood.",
          "header.",
          "open.",
          "present.",
          "publish.http.header.",
          "resume.",
          "setup.");

  private final String name;
  private final Map<String, String> values;

  /** What tells that a message has been delivered. */
  public enum Counting {
    /** Each frame that is at least as long as the payload is one message. */
    FRAMES,
    /** Each marker is one message, however many share a frame. */
    MARKERS
  }

  /**
   * What is said to open a connection, one step after the other.
   *
   * @param send empty to wait only
   * @param expect a text in a frame of the server, empty to go on at once
   * @param captures placeholders that take their value from that frame: from behind this text up to
   *     the next quote, comma, brace or backslash
   */
  public record Step(Template send, String expect, Map<String, String> captures) {
    public Step {
      captures = Map.copyOf(captures);
    }
  }

  /**
   * An HTTP request.
   *
   * @param sign {@code pusher} for a signature in the query, empty for none
   */
  public record Request(
      String method, Template path, Map<String, String> headers, Template body, String sign) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  private Profile(String name, Map<String, String> values) {
    this.name = name;
    this.values = Map.copyOf(values);
  }

  /**
   * Reads a profile; its name is the file's without {@code .properties}. A file that says {@code
   * extends} has what the other one in its folder says, but for what it says itself; an empty value
   * takes one away.
   */
  public static Profile read(Path file) throws IOException {
    Map<String, String> values = new TreeMap<>(valuesOf(file));
    String name = file.getFileName().toString().replace(".properties", "");
    String problem = problemWith(values);
    if (problem != null) {
      throw new IOException(file + ": " + problem);
    }
    return new Profile(name, values);
  }

  private static Map<String, String> valuesOf(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> values = new TreeMap<>();
    String base = properties.getProperty("extends");
    if (base != null) {
      properties.remove("extends");
      values.putAll(valuesOf(file.resolveSibling(base + ".properties")));
    }
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    values.values().removeIf(String::isEmpty);
    return values;
  }

  private static @Nullable String problemWith(Map<String, String> values) {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key) && GROUPS.stream().noneMatch(key::startsWith)) {
        return key + " (expected: a key of benchmarks/README.md)";
      }
    }
    for (String key : List.of("title", "ws.path")) {
      if (!values.containsKey(key)) {
        return key + " is missing";
      }
    }
    return null;
  }

  public String name() {
    return name;
  }

  public String title() {
    return text("title");
  }

  /** A value, empty when there is none. */
  public String text(String key) {
    return values.getOrDefault(key, "");
  }

  public boolean has(String key) {
    return !text(key).isEmpty();
  }

  /** A whole number, or the other one when there is none. */
  public int number(String key, int otherwise) {
    return has(key) ? Integer.parseInt(text(key).strip()) : otherwise;
  }

  /** What stands below {@code prefix}, by the rest of its key. */
  public Map<String, String> group(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  public Counting counting() {
    return text("count").equals("markers") ? Counting.MARKERS : Counting.FRAMES;
  }

  /** The steps {@code open.1.…}, {@code open.2.…}; or those of {@code resume}. */
  public List<Step> steps(String group) {
    List<Step> steps = new ArrayList<>();
    for (int i = 1; !group(group + "." + i + ".").isEmpty(); i++) {
      String prefix = group + "." + i + ".";
      steps.add(
          new Step(
              new Template(text(prefix + "send")),
              text(prefix + "expect"),
              group(prefix + "capture.")));
    }
    return steps;
  }

  /** Requests that prepare a server once it has started. */
  public List<Request> setup() {
    List<Request> requests = new ArrayList<>();
    for (int i = 1; has("setup." + i + ".path"); i++) {
      String prefix = "setup." + i + ".";
      requests.add(
          new Request(
              text(prefix + "method"),
              new Template(text(prefix + "path")),
              setupHeaders(prefix),
              new Template(text(prefix + "body")),
              ""));
    }
    return requests;
  }

  /** Those of publishing, unless a request has others. */
  private Map<String, String> setupHeaders(String prefix) {
    Map<String, String> own = group(prefix + "header.");
    return own.isEmpty() ? group("publish.http.header.") : own;
  }

  /** How one message is published by HTTP, or null when it is not. */
  public @Nullable Request publishByHttp() {
    return has("publish.http.path")
        ? request("publish.http.path", new Template(text("publish.http.body")))
        : null;
  }

  /** How several messages are published by one request, or null when they are not. */
  public @Nullable Request publishBatch() {
    if (!has("batch.path")) {
      return null;
    }
    String items = String.join(",", java.util.Collections.nCopies(batchSize(), text("batch.item")));
    return request("batch.path", new Template(text("batch.body")).bind(Map.of("items", items)));
  }

  public int batchSize() {
    return number("batch.size", 1);
  }

  private Request request(String path, Template body) {
    return new Request(
        Objects.requireNonNullElse(values.get("publish.http.method"), "POST"),
        new Template(text(path)),
        group("publish.http.header."),
        body,
        text("publish.http.sign"));
  }

  /** How one message is published on a connection, or null when it is not. */
  public @Nullable Template publishBySocket() {
    return has("publish.socket") ? new Template(text("publish.socket")) : null;
  }

  /** Whether anything has this placeholder. */
  public boolean uses(String placeholder) {
    return values.values().stream().anyMatch(value -> value.contains("{" + placeholder + "}"));
  }

  /** Programs and files that have to be there, those that are missing. */
  public Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (String needed : text("requires").split(",", -1)) {
      String wanted = needed.strip();
      if (!wanted.isEmpty() && !isThere(wanted)) {
        missing.add(wanted);
      }
    }
    return missing;
  }

  private static boolean isThere(String wanted) {
    if (wanted.startsWith("/")) {
      return Files.exists(Path.of(wanted));
    }
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, wanted))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name;
  }
}
