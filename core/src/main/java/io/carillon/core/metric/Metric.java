package io.carillon.core.metric;

import static io.carillon.core.metric.Metric.Room.API;
import static io.carillon.core.metric.Metric.Room.ARCHIVE;
import static io.carillon.core.metric.Metric.Room.EDGE;
import static io.carillon.core.metric.Metric.Room.JVM;
import static io.carillon.core.metric.Metric.Room.POSTGRES;
import static io.carillon.core.metric.Metric.Room.PROCESS;
import static io.carillon.core.metric.Metric.Room.PUBLISHING;
import static io.carillon.core.metric.Metric.Room.REDIS;
import static io.carillon.core.metric.Metric.Room.WEBHOOKS;
import static io.carillon.core.metric.Metric.Type.COUNTER;
import static io.carillon.core.metric.Metric.Type.GAUGE;
import static io.carillon.core.metric.Metric.Type.HISTOGRAM;
import static io.carillon.core.metric.Metric.Type.INFO;
import static io.carillon.core.metric.Metric.Type.SUMMARY;

import java.util.List;
import java.util.Locale;

/**
 * The catalogue: every metric that a process serves, in the order in which it is documented. {@code
 * docs/metrics.md} is rendered from it. Immutable. No label has a tenant's values: what one
 * application does is in its usage, and the number of series does not grow with tenants.
 */
public enum Metric {
  CONNECTIONS(EDGE, GAUGE, "Connections that are open.", "protocol", "transport"),
  CONNECTIONS_MAX(EDGE, GAUGE, "Connections that the process takes at once."),
  CONNECTIONS_OPENED_TOTAL(EDGE, COUNTER, "Connections that were let in.", "protocol", "transport"),
  CONNECTIONS_CLOSED_TOTAL(
      EDGE,
      COUNTER,
      "Connections that have ended, by close code: 1006 was cut without one, and `other` is a"
          + " client's own.",
      "protocol",
      "transport",
      "code"),
  SUBSCRIPTIONS(EDGE, GAUGE, "Subscriptions of open connections."),
  CHANNELS(EDGE, GAUGE, "Channels with a subscriber on this process."),
  RESUMES_TOTAL(
      EDGE,
      COUNTER,
      "Subscriptions that asked to go on from a position: `recovered`, or why not: `epoch` (the"
          + " position is of another life of the log), `expired` (not kept any more), `too_far`.",
      "outcome"),
  DELIVERIES_TOTAL(
      EDGE, COUNTER, "Messages handed to connections, once for each; not what they catch up with."),
  DELIVERED_BYTES_TOTAL(EDGE, COUNTER, "Bytes of frames handed to connections."),
  RECEIVED_BYTES_TOTAL(EDGE, COUNTER, "Bytes that came by WebSockets, before decompression."),
  SLOW_CONSUMERS_TOTAL(
      EDGE,
      COUNTER,
      "Readers that were too slow, by what became of them: `disconnect` closed the connection, the"
          + " other policies left messages out.",
      "policy"),
  SLOW_CONSUMER_DROPPED_TOTAL(
      EDGE, COUNTER, "Messages that were left out for readers that were too slow.", "policy"),
  LANE_OVERRUNS_TOTAL(
      EDGE, COUNTER, "Channels whose subscribers were closed, because an event loop was full."),
  EVENT_LOOP_LAG_SECONDS(
      EDGE, HISTOGRAM, "How late event loops ran a timer, asked twice a second of each."),
  REFUSALS_TOTAL(
      EDGE,
      COUNTER,
      "What was refused to whoever showed a key or asked to connect, rate limits among it, by the"
          + " error's name and the door: `connect`, `socket` (all that connections send) or"
          + " `rest`.",
      "door",
      "code"),
  ADDRESS_REFUSALS_TOTAL(EDGE, COUNTER, "Attempts to connect that came too fast from one address."),

  PUBLICATIONS_TOTAL(
      PUBLISHING,
      COUNTER,
      "Messages that were acknowledged: `accepted`, or `duplicate` when the id was known.",
      "outcome"),
  PUBLICATIONS_REFUSED_TOTAL(
      PUBLISHING, COUNTER, "Messages that were refused, by the error's name.", "code"),
  PUBLISHED_BYTES_TOTAL(PUBLISHING, COUNTER, "Bytes of payloads that were accepted."),
  LOG_APPEND_SECONDS(
      PUBLISHING, HISTOGRAM, "From a message to its position, of one message in sixteen."),
  DRAINING(PUBLISHING, GAUGE, "1 from the moment at which the process is asked to stop."),

  HTTP_REQUESTS_TOTAL(
      API, COUNTER, "HTTP requests that were answered, by kind of route.", "route", "status"),
  HTTP_REQUEST_SECONDS(
      API, HISTOGRAM, "From a request's head to its answer's head, by kind of route.", "route"),

  ARCHIVE_COMMIT_SECONDS(
      ARCHIVE, HISTOGRAM, "One commit of the archive, of any number of messages."),
  ARCHIVED_TOTAL(ARCHIVE, COUNTER, "Messages that were committed in the archive."),
  ARCHIVE_FAILURES_TOTAL(ARCHIVE, COUNTER, "Messages that the archive did not take in time."),
  ARCHIVE_QUEUE(ARCHIVE, GAUGE, "Messages that wait for the next commit."),
  ARCHIVE_QUEUE_BYTES(ARCHIVE, GAUGE, "Bytes that wait for the next commit."),
  ARCHIVE_READERS_WAITING(ARCHIVE, GAUGE, "Reads of the archive that wait for their turn."),

  POSTGRES_CONNECTIONS(POSTGRES, GAUGE, "Connections of the pool.", "state"),
  POSTGRES_CONNECTIONS_MAX(POSTGRES, GAUGE, "Connections that the pool may have."),
  POSTGRES_WAITING(POSTGRES, GAUGE, "Threads that wait for a connection of the pool."),

  REDIS_UP(REDIS, GAUGE, "1 while the process keeps its lease, so Redis answered a moment ago."),
  REDIS_CONNECTIONS(REDIS, GAUGE, "Connections for requests that are open."),
  REDIS_ROUND_TRIP_SECONDS(
      REDIS, HISTOGRAM, "One batch of requests to Redis, from its first byte to its last answer."),
  REDIS_REQUESTS_TOTAL(REDIS, COUNTER, "Requests that were answered by Redis."),
  REDIS_FAILURES_TOTAL(REDIS, COUNTER, "Requests that failed, because Redis was away or too slow."),
  REDIS_CONNECTS_TOTAL(REDIS, COUNTER, "Connections for requests that were opened."),
  REDIS_BUS_CONNECTS_TOTAL(
      REDIS, COUNTER, "Connections that were opened to be told of messages; each after a loss."),
  REDIS_QUEUE(REDIS, GAUGE, "Requests that wait for the next round trip."),

  WEBHOOK_QUEUE(
      WEBHOOKS, GAUGE, "Events that wait to be told, of all processes, up to ten thousand."),
  WEBHOOK_QUEUE_AGE_SECONDS(
      WEBHOOKS, GAUGE, "How long the oldest event waits that is not of a paused webhook."),
  WEBHOOK_INTAKE(WEBHOOKS, GAUGE, "Events that wait in memory to be written to the outbox."),
  WEBHOOK_DROPPED_TOTAL(WEBHOOKS, COUNTER, "Events that found no room in memory."),
  WEBHOOK_CALLS_TOTAL(
      WEBHOOKS,
      COUNTER,
      "Calls of webhooks: `delivered`, `refused` (an answer that is no 2xx) or `unreachable`.",
      "outcome"),
  WEBHOOK_CALL_SECONDS(WEBHOOKS, HISTOGRAM, "One call of a webhook."),

  BUILD_INFO(
      PROCESS, INFO, "Version of Carillon, and the roles of the process.", "version", "roles"),
  NETTY_DIRECT_MEMORY_BYTES(PROCESS, GAUGE, "Memory outside the heap that sockets' buffers have."),
  NETTY_DIRECT_MEMORY_MAX_BYTES(PROCESS, GAUGE, "Memory outside the heap that they may have."),
  SCRAPE_SECONDS(PROCESS, GAUGE, "How long reading the figures of this scrape took."),

  PROCESS_CPU_SECONDS_TOTAL(JVM, COUNTER, "CPU time of the process."),
  PROCESS_START_TIME_SECONDS(JVM, GAUGE, "When the process began, in seconds since 1970."),
  PROCESS_OPEN_FDS(JVM, GAUGE, "Open file descriptors."),
  PROCESS_MAX_FDS(JVM, GAUGE, "File descriptors that the process may have."),
  PROCESS_RESIDENT_MEMORY_BYTES(JVM, GAUGE, "Memory of the process in RAM (Linux)."),
  PROCESS_VIRTUAL_MEMORY_BYTES(JVM, GAUGE, "Address space of the process (Linux)."),
  JVM_MEMORY_USED_BYTES(JVM, GAUGE, "Memory in use.", "area"),
  JVM_MEMORY_COMMITTED_BYTES(JVM, GAUGE, "Memory got from the system.", "area"),
  JVM_MEMORY_MAX_BYTES(JVM, GAUGE, "Memory that there may be; -1 for no limit.", "area"),
  JVM_MEMORY_POOL_USED_BYTES(JVM, GAUGE, "Memory in use.", "pool"),
  JVM_MEMORY_POOL_COMMITTED_BYTES(JVM, GAUGE, "Memory got from the system.", "pool"),
  JVM_MEMORY_POOL_MAX_BYTES(JVM, GAUGE, "Memory that there may be; -1 for no limit.", "pool"),
  JVM_BUFFER_POOL_USED_BYTES(JVM, GAUGE, "Memory of the JDK's own direct buffers.", "pool"),
  JVM_BUFFER_POOL_USED_BUFFERS(JVM, GAUGE, "The JDK's own direct buffers.", "pool"),
  JVM_GC_COLLECTION_SECONDS(JVM, SUMMARY, "Garbage collections and their time.", "gc"),
  JVM_THREADS_CURRENT(JVM, GAUGE, "Threads of the system."),
  JVM_THREADS_DAEMON(JVM, GAUGE, "Those of them that hold up no end of the process."),
  JVM_THREADS_PEAK(JVM, GAUGE, "The most threads that there were at once."),
  JVM_THREADS_STATE(JVM, GAUGE, "Threads by state.", "state"),
  JVM_THREADS_DEADLOCKED(JVM, GAUGE, "Threads that wait for each other for ever."),
  JVM_CLASSES_CURRENTLY_LOADED(JVM, GAUGE, "Classes that are loaded.");

  /** What Prometheus calls the type. */
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    INFO;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is measured, and which processes have it. */
  public enum Room {
    EDGE("Connections", "Of the role `edge`; processes without it have zeros."),
    PUBLISHING("Publishing", "Of every process."),
    API("HTTP", "Of every process. What becomes a WebSocket or a stream is a connection instead."),
    ARCHIVE("Archive", "Of every process: channels whose rule keeps history."),
    POSTGRES("Postgres", "Of every process."),
    REDIS("Redis", "Of processes with `carillon.redis-url`."),
    WEBHOOKS("Webhooks", "Of every process."),
    PROCESS("Process", "Of every process."),
    JVM(
        "JVM",
        "Of every process, by the names that the Prometheus client for Java has, so that common"
            + " dashboards fit.");

    private final String title;
    private final String who;

    Room(String title, String who) {
      this.title = title;
      this.who = who;
    }

    public String title() {
      return title;
    }

    public String who() {
      return who;
    }
  }

  private static final String PREFIX = "carillon_";

  private final Room room;
  private final Type type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  Metric(Room room, Type type, String help, String... labels) {
    this.room = room;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** As Prometheus has it, such as {@code carillon_deliveries_total}. */
  public String metricName() {
    String name = name().toLowerCase(Locale.ROOT);
    return room == JVM ? name : PREFIX + name;
  }

  public Room room() {
    return room;
  }

  public Type type() {
    return type;
  }

  public String help() {
    return help;
  }

  public List<String> labels() {
    return labels;
  }

  /** What is counted: seconds, bytes, or things. */
  public String unit() {
    String name = name().replace("_TOTAL", "").replace("_MAX_BYTES", "_BYTES");
    return name.endsWith("_SECONDS") ? "seconds" : name.endsWith("_BYTES") ? "bytes" : "";
  }
}
