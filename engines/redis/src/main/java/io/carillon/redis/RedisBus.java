package io.carillon.redis;

import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.model.ChannelId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What all ports of the engine share: the way to Redis and back. Thread-safe. */
final class RedisBus implements AutoCloseable {
  /** A caller has to know after five seconds. */
  private static final long JOIN_SECONDS_MAX = 4;

  private final Names names;
  private final Pipes writes;
  private final Pipes reads;
  private final Feeds feeds;
  private final Traffic traffic;
  private final Map<Kind, Handler> handlers = new ConcurrentHashMap<>();

  /** What a message on a channel's feed or notices is; the first byte says it. */
  enum Kind {
    PUBLICATION('P'),
    SIGNAL('S'),
    COUNT('N'),
    PRESENCE('M');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }
  }

  /** Takes one kind of messages, of which the first byte is read; must not block. */
  interface Handler {
    void told(ChannelId channel, ByteBuffer message);
  }

  RedisBus(Names names, Topology topology, Exchange exchange, Dialect dialect) {
    this.names = names;
    this.traffic = exchange.traffic();
    this.writes = new Pipes(topology, exchange);
    this.reads = new Pipes(topology, exchange);
    this.feeds = new Feeds(topology, dialect);
  }

  /** Writes down what is counted on the way to Redis and back. */
  void read(Readings into) {
    traffic.read(into);
    into.add(Metric.REDIS_QUEUE, writes.waiting() + reads.waiting());
    into.add(Metric.REDIS_BUS_CONNECTS_TOTAL, feeds.connects());
  }

  Names names() {
    return names;
  }

  /** For what changes something: a large answer does not hold it up. */
  CompletionStage<Object> write(Request.Call call) {
    return writes.ask(call);
  }

  /** For what only looks. */
  CompletionStage<Object> read(Request.Call call) {
    return reads.ask(call);
  }

  Feeds feeds() {
    return feeds;
  }

  void on(Kind kind, Handler handler) {
    handlers.put(kind, handler);
  }

  /** Completes when everything of the channel is heard. */
  CompletionStage<Void> join(ChannelId channel) {
    CompletableFuture<Void> feed =
        feeds.join(names.feed(channel), message -> dispatch(channel, message));
    CompletableFuture<Void> notices =
        feeds.join(names.notices(channel), message -> dispatch(channel, message));
    CompletableFuture<Void> both = CompletableFuture.allOf(feed, notices);
    return both.isDone() ? both : both.orTimeout(JOIN_SECONDS_MAX, TimeUnit.SECONDS);
  }

  void leave(ChannelId channel) {
    feeds.leave(names.feed(channel));
    feeds.leave(names.notices(channel));
  }

  private void dispatch(ChannelId channel, byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    byte letter = in.get();
    for (Map.Entry<Kind, Handler> handler : handlers.entrySet()) {
      if (handler.getKey().letter == letter) {
        handler.getValue().told(channel, in);
        return;
      }
    }
  }

  @Override
  public void close() {
    feeds.close();
    writes.close();
    reads.close();
  }
}
