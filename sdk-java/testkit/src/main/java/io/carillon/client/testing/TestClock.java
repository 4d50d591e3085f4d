package io.carillon.client.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Time that passes only by {@link #advance}; hand it to the code of your application too. Safe for
 * any thread.
 */
public final class TestClock extends Clock {
  private final TestLane lane;
  private final ZoneId zone;

  TestClock(TestLane lane, ZoneId zone) {
    this.lane = lane;
    this.zone = zone;
  }

  /** The present; at first the start of 2030 in UTC. */
  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(lane.millis());
  }

  /** UTC, unless it was asked for another. */
  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same time, told in another zone. */
  @Override
  public TestClock withZone(ZoneId other) {
    return new TestClock(lane, other);
  }

  /**
   * Lets so much time pass, with all that it brings, in its order, and returns when it has all
   * happened.
   *
   * @param time whole milliseconds, 0 or more
   * @throws IllegalArgumentException when it is negative
   */
  public void advance(Duration time) {
    lane.advance(millisOf(time));
  }

  /** The device slept: time has passed, and nothing ran in it. */
  public void sleep(Duration time) {
    lane.sleep(millisOf(time));
  }

  /**
   * What chance gives from now on, which decides how long clients wait before they come back.
   *
   * @param chance from 0 to below 1; 0.5 at first
   * @throws IllegalArgumentException when it is another number
   */
  public void setRandom(double chance) {
    if (!(chance >= 0 && chance < 1)) {
      throw new IllegalArgumentException("chance: " + chance + " (expected: 0 to below 1)");
    }
    lane.setChance(chance);
  }

  /** How many timers wait, to look for leaks. */
  public int timers() {
    return lane.timers();
  }

  static TestClock of(TestLane lane) {
    return new TestClock(lane, ZoneOffset.UTC);
  }

  private static long millisOf(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time: " + time + " (expected: 0 or more)");
    }
    return time.toMillis();
  }
}
