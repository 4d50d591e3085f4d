package io.carillon.redis;

import io.carillon.redis.Topology.Home;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The topics that one home tells this node of; guarded by itself. {@link LinkThread} keeps the
 * connection.
 *
 * <p>After a lost connection everything that is wanted is subscribed again, and once all that was
 * heard before is heard again the doubt is told: what was published in between was missed.
 */
final class Link implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final Home home;
  private final Topology topology;
  private final Runnable doubted;
  private final Map<String, Topic> topics = new HashMap<>();
  private final Set<Topic> changed = new LinkedHashSet<>();

  /** Says that there is something to do for the subscribing thread. */
  private final Semaphore work = new Semaphore(0);

  private @Nullable Wire wire;

  /** How many topics were heard before, and are not yet again. */
  private int doubts;

  private boolean closed;

  Link(Home home, Topology topology, Runnable doubted) {
    this.home = home;
    this.topology = topology;
    this.doubted = doubted;
  }

  Home home() {
    return home;
  }

  /** Something to tell the server. */
  record Change(Topic topic, boolean join) {}

  /** Completes when the channel is heard. */
  synchronized CompletableFuture<Void> add(Names.Channel channel, Consumer<byte[]> listener) {
    Topic topic = topics.computeIfAbsent(channel.name(), name -> new Topic(channel, listener));
    topic.wanted = true;
    change(topic);
    return topic.heard;
  }

  /** Takes over what another link gave up. */
  synchronized void adopt(Topic stranger) {
    Topic topic = topics.putIfAbsent(stranger.channel.name(), stranger);
    if (topic == null) {
      doubts += stranger.doubtful ? 1 : 0;
      change(stranger);
    } else {
      topic.heard.thenRun(() -> stranger.heard.complete(null));
    }
  }

  void remove(Names.Channel channel) {
    boolean settled;
    synchronized (this) {
      Topic topic = topics.get(channel.name());
      if (topic == null) {
        return;
      }
      topic.wanted = false;
      settled = settle(topic);
      change(topic);
    }
    if (settled) {
      doubted.run();
    }
  }

  /** Whether this was the last doubt. */
  private boolean settle(Topic topic) {
    if (!topic.doubtful) {
      return false;
    }
    topic.doubtful = false;
    return --doubts == 0;
  }

  private void change(Topic topic) {
    if (topic.wanted != topic.asked && changed.add(topic)) {
      work.release();
    }
    if (topic.isOver()) {
      topics.remove(topic.channel.name(), topic);
    }
  }

  /** Whether nothing may be missed on this link at the moment. */
  synchronized boolean isSettled() {
    return doubts == 0 && (wire != null || topics.isEmpty());
  }

  /** Gives up the topics that are at home elsewhere. */
  synchronized List<Topic> takeStrangers() {
    List<Topic> strangers =
        topics.values().stream()
            .filter(topic -> topic.wanted)
            .filter(topic -> !topology.homeOf(topic.channel.slot()).equals(home))
            .toList();
    for (Topic topic : strangers) {
      topics.remove(topic.channel.name());
      changed.remove(topic);
      topic.forgetConnection();
    }
    return strangers;
  }

  /** Whether there is something to do on the connection. */
  synchronized boolean connected(Wire made) {
    if (closed) {
      return false;
    }
    wire = made;
    topics.values().removeIf(topic -> !topic.wanted);
    changed.clear();
    changed.addAll(topics.values());
    work.release();
    doubts = (int) topics.values().stream().filter(topic -> topic.doubtful).count();
    return true;
  }

  synchronized void disconnected() {
    wire = null;
    topics.values().forEach(Topic::forgetConnection);
  }

  /**
   * Waits until something changed or it is time for a ping.
   *
   * @return null when the connection is over
   */
  @Nullable List<Change> nextChanges(Wire on, long pingMillis) {
    try {
      // early is as good: then it is one ping more
      boolean told = work.tryAcquire(pingMillis, TimeUnit.MILLISECONDS);
      work.drainPermits();
    } catch (InterruptedException e) {
      return null;
    }
    return changesOn(on);
  }

  private synchronized @Nullable List<Change> changesOn(Wire on) {
    if (wire != on) {
      return null;
    }
    List<Change> changes = new ArrayList<>(changed.size());
    for (Topic topic : changed) {
      if (topic.wanted != topic.asked) {
        topic.asked = topic.wanted;
        topic.greetings += topic.asked ? 1 : 0;
        topic.farewells += topic.asked ? 0 : 1;
        if (!topic.asked) {
          topic.unhear();
        }
        changes.add(new Change(topic, topic.asked));
      }
    }
    changed.clear();
    return changes;
  }

  void told(String name, byte[] message) {
    Consumer<byte[]> listener;
    synchronized (this) {
      Topic topic = topics.get(name);
      if (topic == null || !topic.wanted) {
        return;
      }
      listener = topic.listener;
    }
    try {
      listener.accept(message);
    } catch (RuntimeException e) {
      LOG.error("a message on {} cannot be taken", name, e);
    }
  }

  void subscribed(String name) {
    CompletableFuture<Void> heard;
    boolean settled;
    synchronized (this) {
      Topic topic = topics.get(name);
      // of several confirmations only the last one says how it stands
      if (topic == null || --topic.greetings > 0 || !topic.asked || !topic.wanted) {
        dropWhenOver(topic);
        return;
      }
      heard = topic.heard;
      settled = settle(topic);
    }
    heard.complete(null);
    if (settled) {
      LOG.info("Redis {} tells of everything again", home);
      doubted.run();
    }
  }

  /** Unless it was asked for, it says that the slot went to another node. */
  synchronized void unsubscribed(String name) {
    Topic topic = topics.get(name);
    if (topic == null) {
      return;
    }
    if (--topic.farewells < 0) {
      throw new JedisException("the slot of " + name + " moved");
    }
    dropWhenOver(topic);
  }

  private void dropWhenOver(@Nullable Topic topic) {
    if (topic != null && topic.isOver()) {
      topics.remove(topic.channel.name(), topic);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    Wire current;
    synchronized (this) {
      closed = true;
      current = wire;
      wire = null;
      work.release();
    }
    if (current != null) {
      current.close();
    }
  }
}
