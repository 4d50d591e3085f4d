package io.carillon.redis;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps the connection of a link: one thread connects and reads, another one subscribes, many
 * topics at a time. A lost connection comes back by itself, and not on all nodes at once. Stateless
 * but for its threads.
 */
final class LinkThread {
  private static final Logger LOG = LoggerFactory.getLogger(LinkThread.class);

  /** Channels in one command. */
  private static final int SUBSCRIBE_MAX = 1_000;

  /** A connection that is silent for this long, although it was pinged, is gone. */
  private static final int SILENCE_MILLIS = 3_500;

  private static final long PING_MILLIS = 1_000;
  private static final long FIRST_RETRY_MILLIS = 20;
  private static final long LAST_RETRY_MILLIS = 1_000;

  private final Link link;
  private final Topology topology;
  private final Dialect dialect;
  private final Events events;

  /** What becomes of the connection. */
  interface Events {
    void lost(Link link);

    void back();
  }

  LinkThread(Link link, Topology topology, Dialect dialect, Events events) {
    this.link = link;
    this.topology = topology;
    this.dialect = dialect;
    this.events = events;
  }

  void start() {
    Thread.ofPlatform().daemon().name("redis-feed-" + link.home()).start(this::run);
  }

  private void run() {
    long retryMillis = FIRST_RETRY_MILLIS;
    while (!link.isClosed()) {
      long began = System.nanoTime();
      try {
        listen();
      } catch (JedisException e) {
        if (!link.isClosed()) {
          LOG.warn("Redis {} tells nothing for the moment: {}", link.home(), e.toString());
        }
      } catch (RuntimeException e) {
        // a bug costs a connection, not the feed: without its thread nothing would arrive any more
        LOG.error("What Redis {} told could not be taken", link.home(), e);
      } finally {
        link.disconnected();
      }
      events.lost(link);
      if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(LAST_RETRY_MILLIS)) {
        retryMillis = FIRST_RETRY_MILLIS;
      }
      long jitter = ThreadLocalRandom.current().nextLong(retryMillis);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(retryMillis / 2 + jitter));
      retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
    }
  }

  private void listen() {
    try (Wire wire = topology.connect(link.home())) {
      wire.setSoTimeout(SILENCE_MILLIS);
      if (!link.connected(wire)) {
        return;
      }
      events.back();
      Thread writer =
          Thread.ofPlatform()
              .daemon()
              .name("redis-join-" + link.home())
              .start(() -> subscribe(wire));
      try {
        while (true) {
          if (wire.pull() instanceof List<?> reply) {
            take(reply);
          }
        }
      } catch (JedisDataException e) {
        // a slot moved, or rights are missing: a new connection finds out
        throw new JedisException(String.valueOf(e.getMessage()), e);
      } finally {
        writer.interrupt();
      }
    }
  }

  private void take(List<?> reply) {
    if (reply.size() < 3
        || !(reply.get(0) instanceof byte[] kind)
        || !(reply.get(1) instanceof byte[] channel)) {
      return;
    }
    String name = Names.text(channel);
    switch (Names.text(kind)) {
      case "message", "smessage" -> {
        if (reply.get(2) instanceof byte[] message) {
          link.told(name, message);
        }
      }
      case "subscribe", "ssubscribe" -> link.subscribed(name);
      case "unsubscribe", "sunsubscribe" -> link.unsubscribed(name);
      default -> {}
    }
  }

  private void subscribe(Wire wire) {
    try {
      List<Link.Change> changes = link.nextChanges(wire, PING_MILLIS);
      while (changes != null) {
        send(wire, changes);
        changes = link.nextChanges(wire, PING_MILLIS);
      }
    } catch (JedisException e) {
      // the reading thread finds out too
      wire.close();
    }
  }

  private void send(Wire wire, List<Link.Change> changes) {
    if (changes.isEmpty()) {
      wire.sendCommand(Command.PING);
    }
    int from = 0;
    while (from < changes.size()) {
      Link.Change first = changes.get(from);
      int to = from + 1;
      while (to < changes.size() && to - from < SUBSCRIBE_MAX && fits(first, changes.get(to))) {
        to++;
      }
      byte[][] names =
          changes.subList(from, to).stream()
              .map(change -> change.topic().channel.bytes())
              .toArray(byte[][]::new);
      wire.sendCommand(first.join() ? dialect.subscribe() : dialect.unsubscribe(), names);
      from = to;
    }
    wire.push();
  }

  private boolean fits(Link.Change first, Link.Change next) {
    return first.join() == next.join()
        && (!dialect.oneSlotAtATime()
            || first.topic().channel.slot() == next.topic().channel.slot());
  }
}
