package io.carillon.redis;

import io.carillon.redis.Topology.Home;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** What this node hears of Redis' channels, each from the home of its slot. Thread-safe. */
final class Feeds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

  private final Topology topology;
  private final Dialect dialect;
  private final ConcurrentHashMap<Home, Link> links = new ConcurrentHashMap<>();
  private final List<Runnable> doubters = new CopyOnWriteArrayList<>();
  private final AtomicBoolean doubtful = new AtomicBoolean();
  private final LongAdder connects = new LongAdder();
  private volatile boolean closed;

  private final LinkThread.Events events =
      new LinkThread.Events() {
        @Override
        public void lost(Link link) {
          relocate(link);
        }

        @Override
        public void back() {
          connects.increment();
          tellWhenSettled();
        }
      };

  Feeds(Topology topology, Dialect dialect) {
    this.topology = topology;
    this.dialect = dialect;
  }

  /** How often a connection was opened. */
  long connects() {
    return connects.sum();
  }

  /** Is run after messages may have been missed, once everything is heard again. */
  void onDoubt(Runnable doubter) {
    doubters.add(doubter);
  }

  /**
   * Completes when the channel is heard: what is published from then on comes to the listener, on
   * one thread, in its order. The listener must not block.
   */
  CompletableFuture<Void> join(Names.Channel channel, Consumer<byte[]> listener) {
    return linkOf(channel).add(channel, listener);
  }

  void leave(Names.Channel channel) {
    // also where it was before its slot moved
    links.values().forEach(link -> link.remove(channel));
  }

  private Link linkOf(Names.Channel channel) {
    return linkAt(topology.homeOf(channel.slot()));
  }

  private Link linkAt(Home home) {
    return links.computeIfAbsent(
        home,
        at -> {
          Link link = new Link(at, topology, this::doubted);
          if (closed) {
            link.close();
          } else {
            new LinkThread(link, topology, dialect, events).start();
          }
          return link;
        });
  }

  /** When several links were lost, the last one to come back tells of it. */
  private void doubted() {
    doubtful.set(true);
    tellWhenSettled();
  }

  private void tellWhenSettled() {
    if (!links.values().stream().allMatch(Link::isSettled) || !doubtful.getAndSet(false)) {
      return;
    }
    for (Runnable doubter : doubters) {
      try {
        doubter.run();
      } catch (RuntimeException e) {
        LOG.error("a doubt cannot be dealt with", e);
      }
    }
  }

  /** After a failover or a move of slots, topics are told by another node. */
  private void relocate(Link link) {
    try {
      topology.refresh();
    } catch (JedisException e) {
      LOG.debug("where the slots are is not known", e);
      return;
    }
    for (Topic stranger : link.takeStrangers()) {
      linkAt(topology.homeOf(stranger.channel.slot())).adopt(stranger);
    }
  }

  @Override
  public void close() {
    closed = true;
    links.values().forEach(Link::close);
  }
}
