package io.carillon.chaos.check;

import io.carillon.chaos.check.Heard.Delivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** For how long subscribers heard nothing. Stateless. */
public final class Intervals {
  private Intervals() {}

  /**
   * The longest time without a message on one channel for one subscriber, while it was published
   * to.
   *
   * @param fromNanos when publishing had begun
   * @param toNanos when it ended
   */
  public static Duration longestSilence(List<Journal> journals, long fromNanos, long toNanos) {
    long longest = 0;
    for (Journal journal : journals) {
      List<Long> moments = new ArrayList<>();
      moments.add(fromNanos);
      journal.deliveries().stream()
          .map(Delivered::nanos)
          .filter(nanos -> nanos - fromNanos > 0 && toNanos - nanos > 0)
          .forEach(moments::add);
      moments.add(toNanos);
      for (int i = 1; i < moments.size(); i++) {
        longest = Math.max(longest, moments.get(i) - moments.get(i - 1));
      }
    }
    return Duration.ofNanos(longest);
  }
}
