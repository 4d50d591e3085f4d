package io.carillon.benchmark.jmh;

import io.carillon.core.hub.Delivery;
import io.carillon.edge.carrier.FramingEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done once for each format and turn, however many subscribers there are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
  /** Of the dialect. */
  @Param({"carillon", "msgpack", "pusher"})
  public String format = "carillon";

  @Param({"1", "32"})
  public int messages = 1;

  private List<Delivery> deliveries = List.of();
  private FramingEncoder encoder = Encoders.of("carillon");

  @Setup
  public void setUp() {
    deliveries = Samples.deliveries(messages);
    encoder = Encoders.of(format);
  }

  @Benchmark
  public void encode() {
    encoder.encode(deliveries).release();
  }
}
