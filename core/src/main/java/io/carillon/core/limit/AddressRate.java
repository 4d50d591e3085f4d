package io.carillon.core.limit;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Limit;
import io.carillon.core.runtime.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many connections one address may try to open in a second on this node, and ten seconds' worth
 * at once, as a household or an office has. A network of version 6 counts as one address, since
 * whoever has it has 2^64. What was not seen for longest is forgotten first, so a flood from many
 * addresses costs a bounded amount of memory. State is guarded by this.
 */
public final class AddressRate {
  /** Of about a hundred bytes each. */
  static final int KEPT_MAX = 50_000;

  private static final int BURST_SECONDS = 10;
  private static final int NETWORK_BYTES = 8;
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Ticker ticker;
  private final int perSecond;
  private final long intervalNanos;
  private final LongAdder refused = new LongAdder();

  /** By network: when its next connection would come if all came evenly. */
  private final Map<Network, Long> due = forgetful();

  private record Network(long bits) {
    static Network of(InetAddress address) {
      byte[] bytes = address.getAddress();
      byte[] first = bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
      long bits = bytes.length; // so that the versions are apart
      for (byte part : first) {
        bits = bits * 257 + (part & 0xFF);
      }
      return new Network(bits);
    }
  }

  /**
   * For one node.
   *
   * @param perSecond {@link Limit#UNLIMITED} for no limit
   */
  public AddressRate(Ticker ticker, int perSecond) {
    this.ticker = ticker;
    this.perSecond = perSecond;
    this.intervalNanos = perSecond == 0 ? 0 : SECOND_NANOS / perSecond;
  }

  @SuppressWarnings("serial")
  private static Map<Network, Long> forgetful() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Network, Long> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }

  /**
   * Counts an attempt; or the reason why it is one too many, with the time after which to try
   * again.
   *
   * @param address null when it is not known, which is not limited
   */
  public @Nullable Problem attempt(@Nullable InetAddress address) {
    if (perSecond == Limit.UNLIMITED || address == null) {
      return null;
    }
    long wait = take(Network.of(address));
    if (wait <= 0) {
      return null;
    }
    refused.increment();
    return Problem.of(ErrorCode.ADDRESS_RATE, perSecond + " per second are allowed to one address")
        .after((wait + MILLI_NANOS - 1) / MILLI_NANOS);
  }

  /** How many attempts were refused so far. */
  public long refused() {
    return refused.sum();
  }

  /** In how many nanoseconds there is room for it; 0 or less when there was, and it is taken. */
  private synchronized long take(Network network) {
    long now = ticker.nanos();
    Long known = due.get(network);
    long next = known == null || known - now < 0 ? now : known;
    long wait = next - now - (BURST_SECONDS * SECOND_NANOS - intervalNanos);
    if (wait <= 0) {
      due.put(network, next + intervalNanos);
    }
    return wait;
  }
}
