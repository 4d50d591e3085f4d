package io.carillon.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * A call of a script on its way. What it asks for is immutable; how far it came belongs to the pipe
 * that has it.
 */
final class Request {
  /** From here on it is not tried again; an attempt may take two seconds more. */
  static final Duration PATIENCE = Duration.ofMillis(2_500);

  /** What a request costs beside its arguments, roughly. */
  private static final int OVERHEAD_BYTES = 300;

  final Call call;
  final CompletableFuture<Object> answer = new CompletableFuture<>();
  final long lateAt = System.nanoTime() + PATIENCE.toNanos();
  final int bytes;
  boolean sent;
  boolean done;

  /** Where the key is while its slot moves, or null where it belongs. */
  @Nullable HostAndPort askAt;

  /**
   * What is asked for.
   *
   * @param slot of the keys
   * @param kind calls of an equal kind that follow each other may go as one, and the answer is a
   *     list with an element for each; null for one that goes alone
   * @param repeatable whether doing it twice is doing it once
   */
  record Call(
      Script script,
      int slot,
      List<byte[]> keys,
      Arguments arguments,
      @Nullable Object kind,
      boolean repeatable) {}

  /**
   * The arguments behind those that every script has.
   *
   * @param fixed what several calls of one kind share
   * @param item further ones; empty for none
   */
  record Arguments(List<byte[]> fixed, List<byte[]> item) {
    int bytes() {
      int bytes = 0;
      for (byte[] argument : item) {
        bytes += argument.length;
      }
      return bytes;
    }
  }

  Request(Call call) {
    this.call = call;
    this.bytes = OVERHEAD_BYTES + call.arguments().bytes();
  }

  boolean isLate(long now) {
    return lateAt - now <= 0;
  }

  /** Whether it may be sent after it was sent and not answered. */
  boolean mayBeSentAgain() {
    return !sent || call.repeatable();
  }
}
