package io.carillon.benchmark.jmh;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Hub;
import io.carillon.core.hub.LaneHub;
import io.carillon.core.hub.Recipient;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.hub.Subscriber;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.JoinedFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From the append to every subscriber's turn, without sockets: log, feed, inbox, grouping, encoding
 * and handing out.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOutBenchmark {
  private static final long HOT_BYTES = 64L << 20;
  private static final Retention RETENTION = new Retention(1_000, Duration.ofMinutes(2), false);

  @Param({"1", "1000"})
  public int subscribers = 1;

  @Param({"1", "32"})
  public int messages = 1;

  private final Message message = Samples.message();
  private final HandLane lane = new HandLane();
  private @Nullable ChannelLog log;

  @Setup
  public void setUp() {
    ChannelLog local = new LocalEngine(Ticker.SYSTEM, HOT_BYTES).ports().log();
    Hub hub = new Hub(local, new HandLane(), () -> 1);
    local.listen(hub);
    LaneHub onLane = hub.onLane(lane);
    FramingEncoder encoder = Encoders.of("carillon");
    for (int i = 0; i < subscribers; i++) {
      Subscriber subscriber =
          new Subscriber(Samples.CHANNEL, new ConnectionId(i), new Taker(), encoder);
      onLane.attach(subscriber);
      subscriber.goLive(new Position(0, 0), 0);
    }
    log = local;
  }

  @Benchmark
  public void appendAndHandOut() {
    ChannelLog local = log;
    if (local == null) {
      throw new IllegalStateException("not set up");
    }
    for (int i = 0; i < messages; i++) {
      local.append(Samples.CHANNEL, message, RETENTION);
    }
    lane.runAll();
  }

  /** Takes what it is offered, as a carrier does whose socket takes everything. */
  private static final class Taker implements Recipient {
    private boolean inTurn;

    @Override
    public boolean offer(SharedFrame frame, int from, int to) {
      boolean first = !inTurn;
      inTurn = true;
      ((JoinedFrame) frame).parts(from, to).release();
      return first;
    }

    @Override
    public void endTurn() {
      inTurn = false;
    }

    @Override
    public void close(Problem problem) {
      throw new IllegalStateException(problem.detail());
    }
  }

  /** Runs its tasks when it is told to; timers never fire. */
  private static final class HandLane implements Lane {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public boolean isCurrent() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      tasks.addLast(task);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
      return () -> {};
    }

    void runAll() {
      for (Runnable task = tasks.pollFirst(); task != null; task = tasks.pollFirst()) {
        task.run();
      }
    }
  }
}
