package io.carillon.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A channel's messages to iterate over, waiting for each. Its buffer is bounded: a reader that is
 * behind makes the channel wait, and the server keeps the rest. Any thread may read; each message
 * is given once.
 *
 * @param <T> the data
 */
public final class MessageStream<T> implements Iterable<Message<T>>, AutoCloseable {
  private final ChannelCore channel;
  private final @Nullable String name;
  private final DataForm<T> form;

  /** Empty stands behind the last message. */
  private final BlockingQueue<Optional<Message<Object>>> queue = new LinkedBlockingQueue<>();

  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Sink sink = new Buffer();
  private volatile @Nullable CarillonException failure;

  MessageStream(ChannelCore channel, @Nullable String name, DataForm<T> form) {
    this.channel = channel;
    this.name = name;
    this.form = form;
  }

  MessageStream<T> begin() {
    channel.sinks.add(sink);
    channel.use(this);
    return this;
  }

  /** Completed when messages flow, or with a {@link CarillonException} when they do not. */
  public CompletableFuture<Void> ready() {
    return channel.core().handOut(channel.joined().thenApply(start -> null));
  }

  /**
   * The next message; waits for it.
   *
   * @return empty when the stream was closed, or the channel left
   * @throws CarillonException when the channel failed, or the thread is interrupted
   */
  public Optional<Message<T>> next() {
    try {
      return taken(queue.take());
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /**
   * The next message, if it comes in time.
   *
   * @return empty when there is none in this time, and at the end
   * @throws CarillonException when the channel failed, or the thread is interrupted
   */
  public Optional<Message<T>> poll(Duration timeout) {
    try {
      Optional<Message<Object>> entry = queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return entry == null ? Optional.empty() : taken(entry);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private Optional<Message<T>> taken(Optional<Message<Object>> entry) {
    if (entry.isEmpty()) {
      // for other readers, and for whoever asks again
      queue.add(entry);
      CarillonException reason = failure;
      if (reason != null && !closed.get()) {
        throw reason;
      }
      return Optional.empty();
    }
    if (size.decrementAndGet() == channel.core().settings().buffer / 2) {
      channel.roomAgain();
    }
    Message<Object> message = entry.get();
    return Optional.of(message.with(form.read(message.data())));
  }

  private static CarillonException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return CarillonException.of(ClientError.ABORTED, "interrupted", cause);
  }

  /** Waits in {@code hasNext}; ends with the stream, and fails as {@link #next()} does. */
  @Override
  public Iterator<Message<T>> iterator() {
    return new Iterator<>() {
      private Optional<Message<T>> ahead = Optional.empty();

      @Override
      public boolean hasNext() {
        if (ahead.isEmpty()) {
          ahead = MessageStream.this.next();
        }
        return ahead.isPresent();
      }

      @Override
      public Message<T> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the stream has ended");
        }
        Message<T> message = ahead.orElseThrow();
        ahead = Optional.empty();
        return message;
      }
    };
  }

  /** Drops what was not read, and wakes readers; idempotent, never waits. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      channel.sinks.remove(sink);
      channel.release(this);
      queue.clear();
      queue.add(Optional.empty());
      channel.roomAgain();
    }
  }

  /** Called on the lane. */
  private final class Buffer implements Sink {
    @Override
    public boolean hasRoom() {
      return size.get() < channel.core().settings().buffer;
    }

    @Override
    public boolean isHalfEmpty() {
      return size.get() <= channel.core().settings().buffer / 2;
    }

    @Override
    public void message(Message<Object> message) {
      if (name != null && !name.equals(message.name())) {
        return;
      }
      size.incrementAndGet();
      queue.add(Optional.of(message));
    }

    @Override
    public void ended(@Nullable CarillonException reason) {
      failure = reason;
      channel.sinks.remove(this);
      queue.add(Optional.empty());
    }
  }
}
