package io.carillon.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A channel's messages as a publisher: each subscriber has a bounded buffer and gets what it asks
 * for; one that is behind makes the channel wait. Thread-safe.
 */
final class MessageFlow<T> implements Flow.Publisher<Message<T>> {
  private final ChannelCore channel;
  private final @Nullable String name;
  private final DataForm<T> form;

  MessageFlow(ChannelCore channel, @Nullable String name, DataForm<T> form) {
    this.channel = channel;
    this.name = name;
    this.form = form;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Message<T>> subscriber) {
    Reader reader = new Reader(subscriber);
    reader.signals.put(() -> subscriber.onSubscribe(reader));
    channel.sinks.add(reader);
    channel.use(reader);
  }

  /** One subscriber; its methods are called on the listeners' executor, never two at once. */
  private final class Reader implements Flow.Subscription, Sink {
    private final Flow.Subscriber<? super Message<T>> subscriber;
    private final Queue<Message<Object>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private final int capacity = channel.core().settings().buffer;
    private final Delivery signals =
        new Delivery(channel.core().settings().listeners, capacity, () -> {});
    private volatile boolean ended;
    private volatile @Nullable CarillonException failure;

    Reader(Flow.Subscriber<? super Message<T>> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        fail(new IllegalArgumentException("request: " + n + " (expected: 1 or more)"));
        return;
      }
      demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      signals.put(this::drain);
    }

    @Override
    public void cancel() {
      if (done.compareAndSet(false, true)) {
        release();
      }
    }

    private void release() {
      channel.sinks.remove(this);
      channel.release(this);
      queue.clear();
      channel.roomAgain();
    }

    private void fail(Throwable reason) {
      if (done.compareAndSet(false, true)) {
        release();
        signals.put(() -> subscriber.onError(reason));
      }
    }

    private void drain() {
      while (!done.get() && demand.get() > 0) {
        Message<Object> message = queue.poll();
        if (message == null) {
          break;
        }
        demand.decrementAndGet();
        if (size.decrementAndGet() == capacity / 2) {
          channel.roomAgain();
        }
        hand(message);
      }
      if (ended && queue.isEmpty() && done.compareAndSet(false, true)) {
        finish();
      }
    }

    private void hand(Message<Object> message) {
      Message<T> read;
      try {
        read = message.with(form.read(message.data()));
      } catch (RuntimeException notOfThisForm) {
        fail(notOfThisForm);
        return;
      }
      subscriber.onNext(read);
    }

    private void finish() {
      release();
      CarillonException reason = failure;
      if (reason == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(reason);
      }
    }

    @Override
    public boolean hasRoom() {
      return size.get() < capacity;
    }

    @Override
    public boolean isHalfEmpty() {
      return size.get() <= capacity / 2;
    }

    @Override
    public void message(Message<Object> message) {
      if (name == null || name.equals(message.name())) {
        size.incrementAndGet();
        queue.add(message);
        if (demand.get() > 0) {
          signals.put(this::drain);
        }
      }
    }

    @Override
    public void ended(@Nullable CarillonException reason) {
      failure = reason;
      ended = true;
      signals.put(this::drain);
    }
  }
}
