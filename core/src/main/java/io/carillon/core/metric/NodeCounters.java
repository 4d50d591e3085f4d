package io.carillon.core.metric;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.SlowPolicy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What one node counts for its operator, whoever it is done for. Thread-safe; nothing here is done
 * for each delivery, which have counters of their own.
 */
public final class NodeCounters {
  /** Of so many appends one is timed. */
  private static final int APPENDS_A_SAMPLE = 16;

  /** How a connection ended that nobody closed. */
  public static final int CUT = 1006;

  /** How a connection ended that had nothing to do any more. */
  public static final int NORMAL = 1000;

  private static final int STANDARD_MAX = 1015;

  /** A close code that is a client's own. */
  private static final int OTHER = 0;

  private static final Set<Integer> OURS =
      Arrays.stream(ErrorCode.values())
          .flatMap(code -> codesOf(code).stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Map<Protocol, LongAdder> opened = adders(Protocol.class);
  private final Map<Protocol, LongAdder> ended = adders(Protocol.class);
  private final Tallies<Closed> closed = new Tallies<>();
  private final LongAdder subscriptions = new LongAdder();
  private final Tallies<Resumed> resumes = new Tallies<>();
  private final LongAdder received = new LongAdder();
  private final Map<SlowPolicy, LongAdder> slow = adders(SlowPolicy.class);
  private final Map<SlowPolicy, LongAdder> dropped = adders(SlowPolicy.class);
  private final LongAdder overruns = new LongAdder();
  private final Histogram lag = new Histogram();
  private final Tallies<Refused> refusals = new Tallies<>();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder acceptedBytes = new LongAdder();
  private final Tallies<ErrorCode> refusedPublications = new Tallies<>();
  private final Histogram appends = new Histogram();

  /** Where something is refused. */
  public enum Door {
    CONNECT,
    SOCKET,
    REST
  }

  /** What became of a wish to go on from a position. */
  public enum Resumed {
    RECOVERED,
    EPOCH,
    EXPIRED,
    TOO_FAR
  }

  /** A way in which connections end. */
  private record Closed(Protocol protocol, int code) implements Comparable<Closed> {
    @Override
    public int compareTo(Closed other) {
      int byProtocol = protocol.compareTo(other.protocol);
      return byProtocol == 0 ? Integer.compare(code, other.code) : byProtocol;
    }
  }

  private record Refused(Door door, ErrorCode code) implements Comparable<Refused> {
    @Override
    public int compareTo(Refused other) {
      int byDoor = door.compareTo(other.door);
      return byDoor == 0 ? code.compareTo(other.code) : byDoor;
    }
  }

  private static Set<Integer> codesOf(ErrorCode code) {
    Integer pusher = code.pusherCode();
    return pusher == null
        ? Set.of(code.number())
        : Set.copyOf(Arrays.asList(code.number(), pusher));
  }

  /** One for each; the map is not changed any more. */
  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> made = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      made.put(constant, new LongAdder());
    }
    return made;
  }

  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E constant) {
    return Objects.requireNonNull(adders.get(constant));
  }

  /** A connection was let in. */
  public void opened(Protocol protocol) {
    of(opened, protocol).increment();
  }

  /** A connection that was let in has ended. */
  public void ended(Protocol protocol, int closeCode) {
    of(ended, protocol).increment();
    boolean known = (closeCode >= NORMAL && closeCode <= STANDARD_MAX) || OURS.contains(closeCode);
    closed.add(new Closed(protocol, known ? closeCode : OTHER));
  }

  /** A subscription went live. */
  public void subscribed() {
    subscriptions.increment();
  }

  /** A subscription that was live has ended. */
  public void unsubscribed() {
    subscriptions.decrement();
  }

  /** A subscription asked to go on. */
  public void resumed(Resumed outcome) {
    resumes.add(outcome);
  }

  /** So many bytes came by a socket. */
  public void received(int bytes) {
    received.add(bytes);
  }

  /** A reader was too slow, and so many messages were left out for it. */
  public void tooSlow(SlowPolicy policy, int messages) {
    of(slow, policy).increment();
    of(dropped, policy).add(messages);
  }

  /** The subscribers of a channel were closed, because their lane was full. */
  public void overrun() {
    overruns.increment();
  }

  /** A lane ran a timer so much too late. */
  public void lagged(long nanos) {
    lag.record(nanos);
  }

  /** Something was refused. */
  public void refused(Door door, ErrorCode code) {
    refusals.add(new Refused(door, code));
  }

  /** A message was acknowledged. */
  public void published(boolean duplicate, int bytes) {
    if (duplicate) {
      duplicates.increment();
    } else {
      accepted.increment();
      acceptedBytes.add(bytes);
    }
  }

  /** A message was refused. */
  public void refusedPublication(ErrorCode code) {
    refusedPublications.add(code);
  }

  /** Whether this append is one of those that are timed. */
  public boolean isTimed() {
    return (ThreadLocalRandom.current().nextInt() & (APPENDS_A_SAMPLE - 1)) == 0;
  }

  /** An append that is timed was answered. */
  public void appended(long nanos) {
    appends.record(nanos);
  }

  /** Writes all of it down. */
  public void read(Readings into) {
    readConnections(into);
    Map<Resumed, Long> known = resumes.read();
    for (Resumed outcome : Resumed.values()) {
      into.add(Metric.RESUMES_TOTAL, known.getOrDefault(outcome, 0L), Readings.word(outcome));
    }
    into.add(Metric.SUBSCRIPTIONS, subscriptions.sum());
    into.add(Metric.RECEIVED_BYTES_TOTAL, received.sum());
    for (SlowPolicy policy : SlowPolicy.values()) {
      into.add(Metric.SLOW_CONSUMERS_TOTAL, of(slow, policy).sum(), policy.word());
      into.add(Metric.SLOW_CONSUMER_DROPPED_TOTAL, of(dropped, policy).sum(), policy.word());
    }
    into.add(Metric.LANE_OVERRUNS_TOTAL, overruns.sum());
    into.add(Metric.EVENT_LOOP_LAG_SECONDS, lag);
    refusals
        .read()
        .forEach(
            (refused, count) ->
                into.add(
                    Metric.REFUSALS_TOTAL,
                    count,
                    Readings.word(refused.door()),
                    refused.code().slug()));
    into.add(Metric.PUBLICATIONS_TOTAL, accepted.sum(), "accepted");
    into.add(Metric.PUBLICATIONS_TOTAL, duplicates.sum(), "duplicate");
    refusedPublications
        .read()
        .forEach((code, count) -> into.add(Metric.PUBLICATIONS_REFUSED_TOTAL, count, code.slug()));
    into.add(Metric.PUBLISHED_BYTES_TOTAL, acceptedBytes.sum());
    into.add(Metric.LOG_APPEND_SECONDS, appends);
  }

  private void readConnections(Readings into) {
    for (Protocol protocol : Protocol.values()) {
      Spoken spoken = Spoken.of(protocol);
      if (spoken == null) {
        continue;
      }
      long gone = of(ended, protocol).sum(); // read first: never more than have come
      long come = of(opened, protocol).sum();
      into.add(Metric.CONNECTIONS, Math.max(0, come - gone), spoken.name(), spoken.transport());
      into.add(Metric.CONNECTIONS_OPENED_TOTAL, come, spoken.name(), spoken.transport());
    }
    closed
        .read()
        .forEach(
            (way, count) -> {
              Spoken spoken = Spoken.of(way.protocol());
              if (spoken != null) {
                String code = way.code() == OTHER ? "other" : String.valueOf(way.code());
                into.add(
                    Metric.CONNECTIONS_CLOSED_TOTAL,
                    count,
                    spoken.name(),
                    spoken.transport(),
                    code);
              }
            });
  }
}
