package io.carillon.redis;

import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.SharedAttempts;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.runtime.ThreadLane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * The engine of several processes: what they share is in Redis. Thread-safe; {@link #close} gives
 * back what this process held.
 */
public final class RedisEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisEngine.class);
  private static final long FIRST_JOIN_SECONDS_MAX = 10;
  private static final Duration UPKEEP = Duration.ofMillis(500);

  private final RedisBus bus;
  private final Topology topology;
  private final RedisMovements movements;
  private final RedisPresence presence;
  private final Lease lease;
  private final RedisControl control;
  private final RedisInquiries inquiries;
  private final ThreadLane upkeep = new ThreadLane("redis-upkeep");
  private final RedisAttempts attempts;
  private final Ports ports;

  private RedisEngine(RedisAddress address, Topology topology, Start start) {
    this.topology = topology;
    Epochs epochs = new Epochs(start.epochFloor());
    Dialect dialect = new Dialect(start.way(), start.skew());
    Exchange exchange = new Exchange(epochs, dialect, address.replicas());
    this.bus = new RedisBus(new Names(address.prefix()), topology, exchange, dialect);
    NodeId node = new NodeId();
    this.movements = new RedisMovements(bus);
    RedisOccupancy occupancy = new RedisOccupancy(bus, node, movements);
    this.presence = new RedisPresence(bus, node, movements);
    this.control = new RedisControl(bus, node.id());
    this.lease = new Lease(bus, node, List.of(occupancy, presence));
    this.inquiries = new RedisInquiries(bus, node.id(), lease::nodes);
    // in a cluster, one hash for all channels would be in another slot than they are
    RedisCounts counts = start.way() == Dialect.Bus.SHARDED_CLUSTER ? null : new RedisCounts(bus);
    this.attempts = new RedisAttempts(bus, dialect.skew());
    this.ports =
        new Ports(
                new RedisLog(bus, epochs, counts),
                presence,
                occupancy,
                control,
                new RedisSignals(bus))
            .withCounters(new RedisCounters(bus, dialect.skew(), lease::nodes))
            .withInquiries(inquiries);
  }

  private record Start(long epochFloor, Dialect.Bus way, Dialect.Skew skew) {}

  /**
   * Connects and answers when Redis does.
   *
   * @param epochFloor every epoch of this engine is greater; see {@code Archive.epochFloor}
   * @throws redis.clients.jedis.exceptions.JedisException when Redis cannot be used
   */
  public static RedisEngine start(RedisAddress address, long epochFloor) {
    return start(address, epochFloor, Dialect.Skew.NONE);
  }

  static RedisEngine start(RedisAddress address, long epochFloor, Dialect.Skew skew) {
    Topology topology = Topology.of(address);
    Dialect.Bus way = busOf(address, topology);
    LOG.info(
        "Redis {} with {} pub/sub", address, way == Dialect.Bus.CLASSIC ? "classic" : "sharded");
    RedisEngine engine = new RedisEngine(address, topology, new Start(epochFloor, way, skew));
    try {
      engine.begin();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Connects once, and answers in a few words what is there.
   *
   * @throws redis.clients.jedis.exceptions.JedisException when Redis cannot be used
   */
  public static String check(RedisAddress address) {
    try (Topology topology = Topology.of(address)) {
      return busOf(address, topology) == Dialect.Bus.CLASSIC
          ? "classic pub/sub"
          : "sharded pub/sub";
    }
  }

  private static Dialect.Bus busOf(RedisAddress address, Topology topology) {
    topology.refresh();
    try (Wire wire = topology.connect(topology.homeOf(0))) {
      wire.warnOfEviction();
      if (!wire.knows(Command.SPUBLISH)) {
        return Dialect.Bus.CLASSIC;
      }
      return address.kind() == RedisAddress.Kind.CLUSTER
          ? Dialect.Bus.SHARDED_CLUSTER
          : Dialect.Bus.SHARDED;
    }
  }

  private void begin() {
    try {
      CompletableFuture.allOf(
              control.join().toCompletableFuture(), inquiries.join().toCompletableFuture())
          .get(FIRST_JOIN_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Redis does not take subscriptions", e);
    }
    lease.run();
    repeat(lease, Lease.TICK);
    repeat(this::keepUp, UPKEEP);
  }

  private void repeat(Runnable step, Duration interval) {
    try {
      upkeep.schedule(
          () -> {
            try {
              step.run();
            } finally {
              repeat(step, interval);
            }
          },
          interval);
    } catch (RejectedExecutionException e) {
      LOG.debug("The engine is closed", e);
    }
  }

  private void keepUp() {
    try {
      sweep();
      control.catchUp();
    } catch (CompletionException | RedisUnavailableException e) {
      LOG.debug("Orders cannot be read now", e);
    }
  }

  /** Lets go of what has expired, now. */
  void sweep() {
    presence.sweep();
  }

  /** How often things were tried at the console, on all nodes. */
  public SharedAttempts attempts() {
    return attempts;
  }

  public Ports ports() {
    return ports;
  }

  public Movements movements() {
    return movements;
  }

  /** Whether Redis answered a moment ago. */
  public boolean isReachable() {
    return lease.isKept();
  }

  /** Writes down what this process has counted. */
  public void read(Readings into) {
    into.add(Metric.REDIS_UP, isReachable() ? 1 : 0);
    bus.read(into);
  }

  boolean mayClaim() {
    return lease.mayClaim();
  }

  /** Ends as a process does that is killed. */
  void die() {
    upkeep.close();
    bus.close();
    topology.close();
  }

  @Override
  public void close() {
    upkeep.close();
    lease.end();
    bus.close();
    topology.close();
  }
}
