package io.carillon.benchmark.jmh;

import io.carillon.core.auth.Signatures;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Secret;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether someone may: at each connection and each publish. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CheckBenchmark {
  /** As long as what is signed of a request of Pusher's HTTP API. */
  private static final String SIGNED =
      "POST\n/apps/1/events\nauth_key=0123456789abcdef0123&auth_timestamp=1763000000&auth_version=1.0"
          + "&body_md5=0123456789abcdef0123456789abcdef";

  private final Secret secret = Secret.of("0123456789abcdef0123456789abcdef");
  private final String signature = Signatures.sign(secret, SIGNED);
  private final ChannelName channel = ChannelName.of("chat:room-1:typing");
  private final Capabilities capabilities = Capabilities.of(rules());

  private static Map<ChannelPattern, Set<Operation>> rules() {
    Map<ChannelPattern, Set<Operation>> rules = new LinkedHashMap<>();
    rules.put(new ChannelPattern("news:*"), EnumSet.of(Operation.SUBSCRIBE));
    rules.put(new ChannelPattern("presence-*"), EnumSet.of(Operation.PRESENCE));
    rules.put(
        new ChannelPattern("chat:*:typing"), EnumSet.of(Operation.SUBSCRIBE, Operation.PUBLISH));
    return rules;
  }

  @Benchmark
  public boolean signature() {
    return Signatures.matches(secret, SIGNED, signature);
  }

  @Benchmark
  public boolean capability() {
    return capabilities.allows(Operation.PUBLISH, channel);
  }
}
