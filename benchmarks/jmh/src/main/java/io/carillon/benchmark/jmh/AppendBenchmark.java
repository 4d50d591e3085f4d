package io.carillon.benchmark.jmh;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A message into the log of this process, with a full window and nobody subscribed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AppendBenchmark {
  private static final Retention RETENTION = new Retention(1_000, Duration.ofMinutes(2), false);

  private final ChannelLog log = new LocalEngine(Ticker.SYSTEM, 64L << 20).ports().log();
  private final Message message = Samples.message();
  private final Payload payload = Payload.text("x".repeat(128));
  private long count;

  @Benchmark
  public CompletionStage<AppendOutcome> withoutId() {
    return log.append(Samples.CHANNEL, message, RETENTION);
  }

  /** The id is remembered for five minutes, so that memory grows with the length of a run. */
  @Benchmark
  public CompletionStage<AppendOutcome> withId() {
    String id = Long.toString(count++);
    return log.append(
        Samples.CHANNEL,
        new Message(id, "message", payload, Origin.Backend.TO_EVERYONE),
        RETENTION);
  }
}
