package io.carillon.redis;

import io.carillon.redis.Topology.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Requests to one home, many a round trip: while a batch is answered the next one gathers. The
 * connection belongs to the one thread; the queue is shared.
 *
 * <p>Every request is answered or has failed less than five seconds after it came. One that was
 * sent and not answered is sent again only where that is harmless.
 */
final class Pipe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

  /** More than this gains nothing. */
  private static final int BATCH_MAX = 512;

  private static final long BATCH_BYTES_MAX = 4L << 20;
  private static final int QUEUE_MAX = 20_000;
  private static final long QUEUE_BYTES_MAX = 64L << 20;
  private static final long FIRST_RETRY_MILLIS = 20;
  private static final long LAST_RETRY_MILLIS = 400;
  private static final long IDLE_MILLIS = 200;

  private final Home home;
  private final Topology topology;
  private final Exchange exchange;
  private final Rerouting rerouting;
  private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread thread;

  /** Callers go on here, so that none of them can hold up the next batch. */
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("redis-answers").factory());

  private @Nullable Wire wire;
  private boolean failing;
  private volatile boolean closed;

  /** Takes requests whose keys have moved. */
  interface Rerouting {
    /** Whether the keys are at home elsewhere now, and the request is on its way there. */
    boolean moved(Request request, Home from);
  }

  Pipe(Home home, Topology topology, Exchange exchange, Rerouting rerouting) {
    this.home = home;
    this.topology = topology;
    this.exchange = exchange;
    this.rerouting = rerouting;
    this.thread = Thread.ofPlatform().daemon().name("redis-" + home).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes the request or fails it at once. */
  void offer(Request request) {
    if (closed) {
      fail(request, "the engine is closed");
    } else if (queuedBytes.addAndGet(request.bytes) > QUEUE_BYTES_MAX || !queue.offer(request)) {
      queuedBytes.addAndGet(-request.bytes);
      fail(request, queue.size() + " requests wait for Redis already (expected: try again later)");
    } else if (closed && queue.remove(request)) {
      fail(request, "the engine is closed");
    }
  }

  private void run() {
    List<Request> batch = new ArrayList<>(BATCH_MAX);
    try {
      while (gather(batch)) {
        deliverOrFail(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.warn("Requests to Redis stop with {} waiting", queue.size());
    } finally {
      disconnect();
      queue.drainTo(batch);
      batch.forEach(request -> fail(request, "the engine is closed"));
    }
  }

  /** Waits for the first and takes what there is beside it; false when there will be nothing. */
  private boolean gather(List<Request> batch) throws InterruptedException {
    Request next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    while (next == null) {
      if (closed) {
        return false;
      }
      next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    long bytes = 0;
    while (next != null) {
      batch.add(next);
      bytes += next.bytes;
      next = batch.size() < BATCH_MAX && bytes < BATCH_BYTES_MAX ? queue.poll() : null;
    }
    queuedBytes.addAndGet(-bytes);
    return true;
  }

  /** A bug costs a batch, not the pipe: without its thread every later request would hang. */
  private void deliverOrFail(List<Request> batch) throws InterruptedException {
    try {
      deliver(batch);
    } catch (RuntimeException e) {
      LOG.error("{} requests to Redis {} failed", batch.size(), home, e);
      disconnect();
      batch.stream()
          .filter(request -> !request.done)
          .forEach(request -> fail(request, "the request failed (" + e + ")"));
    }
  }

  private void deliver(List<Request> batch) throws InterruptedException {
    List<Request> left = new ArrayList<>(batch);
    long retryMillis = FIRST_RETRY_MILLIS;
    while (!left.isEmpty()) {
      failLate(left);
      try {
        attempt(left);
      } catch (JedisException e) {
        tellOnce(e);
        disconnect();
        left.removeIf(request -> request.done);
        failUncertain(left, e);
        reroute(left);
      }
      if (!left.isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(retryMillis));
        retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** Leaves in the list what has to be tried again. */
  private void attempt(List<Request> left) {
    if (left.isEmpty()) {
      return;
    }
    Wire current = wire;
    if (current == null) {
      current = topology.connect(home);
      wire = current;
      exchange.traffic().connected();
      exchange.load(current);
    }
    Exchange.Result result = exchange.run(current, left, this::tell);
    left.removeIf(request -> request.done);
    if (failing && !result.refused()) {
      failing = false;
      LOG.info("Redis {} answers again", home);
    }
    left.removeAll(result.moved());
    result.moved().forEach(request -> moveOrKeep(request, left));
    if (result.refused()) {
      // a server that starts, or is no master any more
      disconnect();
      reroute(left);
    }
  }

  private void moveOrKeep(Request request, List<Request> left) {
    if (!rerouting.moved(request, home)) {
      left.add(request);
    }
  }

  private void reroute(List<Request> left) {
    left.removeIf(request -> rerouting.moved(request, home));
  }

  private void failLate(List<Request> left) {
    long now = System.nanoTime();
    left.removeIf(
        request -> {
          boolean late = request.isLate(now);
          if (late) {
            fail(request, "Redis did not answer in time");
          }
          return late;
        });
  }

  private void failUncertain(List<Request> left, JedisException e) {
    left.removeIf(
        request -> {
          boolean lost = !request.mayBeSentAgain();
          if (lost) {
            fail(request, "the connection to Redis broke (" + e.getMessage() + ")");
          }
          return lost;
        });
  }

  private void fail(Request request, String reason) {
    exchange.traffic().failed();
    RedisUnavailableException failure =
        request.sent
            ? RedisUnavailableException.uncertain(reason)
            : RedisUnavailableException.notDone(reason);
    tell(() -> request.answer.completeExceptionally(failure));
  }

  private void tell(Runnable answer) {
    try {
      answers.execute(answer);
    } catch (RejectedExecutionException e) {
      // closed meanwhile; nobody is held up any more
      answer.run();
    }
  }

  private void tellOnce(JedisException e) {
    if (!failing) {
      failing = true;
      LOG.warn("Redis {} does not answer: {}", home, e.toString());
    }
  }

  private void disconnect() {
    Wire current = wire;
    wire = null;
    if (current != null) {
      exchange.traffic().disconnected();
      current.close();
    }
  }

  /** How many requests wait for the next round trip. */
  int waiting() {
    return queue.size();
  }

  /** Takes nothing more, and waits for what was taken. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(Request.PATIENCE)) {
        thread.interrupt();
        thread.join(Request.PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answers.close();
  }
}
