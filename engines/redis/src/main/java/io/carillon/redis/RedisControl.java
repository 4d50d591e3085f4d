package io.carillon.redis;

import io.carillon.core.engine.ControlBus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders to every node: published, and kept for as long as a revoked token may live, so that a node
 * that was cut off, or that starts, reads what it missed. This node obeys its own orders at once.
 * Thread-safe.
 */
final class RedisControl implements ControlBus {
  private static final Logger LOG = LoggerFactory.getLogger(RedisControl.class);

  /** A little longer than a client token may live. */
  private static final Duration KEPT = Duration.ofHours(25);

  /** Orders that wait for Redis; beyond it the oldest are given up. */
  private static final int UNSENT_MAX = 10_000;

  private static final int PAGE = 1_000;
  private static final String BEGINNING = "0-0";

  private final RedisBus bus;
  private final String sender;
  private final List<Consumer<Order>> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Order> unsent = new ArrayBlockingQueue<>(UNSENT_MAX);

  /** The stream's id of the newest order that was read; guarded by this. */
  private String seen = BEGINNING;

  private volatile boolean behind = true;

  /** When this node began to hear orders, by the time of Redis. */
  private volatile long startedAt;

  RedisControl(RedisBus bus, String sender) {
    this.bus = bus;
    this.sender = sender;
    bus.feeds().onDoubt(() -> behind = true);
  }

  /** Hears orders from now on. */
  CompletionStage<Void> join() {
    return ordersBehind(BEGINNING, 1)
        .thenCompose(
            answer -> {
              startedAt = Replies.number(answer, 0);
              return bus.feeds().join(bus.names().control(), this::told);
            });
  }

  @Override
  public void listen(Consumer<Order> listener) {
    listeners.add(listener);
  }

  @Override
  public void broadcast(Order order) {
    obey(order);
    send(order);
  }

  private void send(Order order) {
    List<byte[]> keys = keys();
    bus.write(
            new Request.Call(
                Script.ORDER,
                Names.slotOf(keys),
                keys,
                new Request.Arguments(
                    List.of(
                        bus.names().control().bytes(),
                        OrderCodec.encode(sender, order),
                        Names.bytes(KEPT.toMillis())),
                    List.of()),
                null,
                true))
        .whenComplete((id, failure) -> keepUnsent(order, failure != null));
  }

  private void keepUnsent(Order order, boolean failed) {
    while (failed && !unsent.offer(order)) {
      LOG.error("An order is given up, as Redis was away too long: {}", unsent.poll());
    }
  }

  private List<byte[]> keys() {
    return List.of(bus.names().ofAll("orders"));
  }

  /** {@code <id> <order>}. */
  private void told(byte[] message) {
    int space = 0;
    while (message[space] != ' ') {
      space++;
    }
    String id = new String(message, 0, space, StandardCharsets.US_ASCII);
    take(id, ByteBuffer.wrap(message, space + 1, message.length - space - 1));
  }

  private void take(String id, ByteBuffer order) {
    synchronized (this) {
      if (!behind) {
        // until what was missed is read, it is read from here
        seen = id;
      }
    }
    OrderCodec.Sent sent = OrderCodec.decode(order);
    Order known = sent.order();
    // whose connections it meant had none on a node that started later
    boolean old = Long.parseLong(id, 0, id.indexOf('-'), 10) < startedAt;
    boolean meant = !(old && known instanceof Order.TerminateUser);
    if (known != null && meant && !sent.sender().equals(sender)) {
      obey(known);
    }
  }

  private void obey(Order order) {
    for (Consumer<Order> listener : listeners) {
      try {
        listener.accept(order);
      } catch (RuntimeException e) {
        LOG.error("an order cannot be obeyed: {}", order, e);
      }
    }
  }

  /** Sends what could not be sent, and reads what was missed; called every second or so. */
  void catchUp() {
    List<Order> again = new ArrayList<>();
    unsent.drainTo(again);
    again.forEach(this::send);
    // an order that nobody listens to would be lost
    while (behind && !listeners.isEmpty()) {
      String from;
      synchronized (this) {
        from = seen;
      }
      List<?> page = (List<?>) ordersBehind(from, PAGE).toCompletableFuture().join();
      for (int i = 1; i < page.size(); i += 2) {
        String id = Names.text((byte[]) page.get(i));
        take(id, ByteBuffer.wrap((byte[]) page.get(i + 1)));
        synchronized (this) {
          seen = id;
        }
      }
      behind = page.size() > 2 * PAGE;
    }
  }

  private CompletionStage<Object> ordersBehind(String id, int limit) {
    List<byte[]> keys = keys();
    return bus.read(
        new Request.Call(
            Script.ORDERS,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(List.of(Names.bytes(id), Names.bytes(limit)), List.of()),
            null,
            true));
  }
}
