package io.carillon.benchmark.attack;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way to harm a server. Immutable.
 *
 * @param title what is done, by which the table calls it
 * @param answer what the server is expected to do, as {@link Answers} words it; at least one is
 *     seen
 * @param strength how much of it
 * @param script what each connection does
 * @param companion what one more connection does for it; most need none
 */
record Attack(
    String name,
    String title,
    String answer,
    Strength strength,
    Function<Target, Script> script,
    @Nullable Function<Target, Script> companion) {

  Attack(
      String name,
      String title,
      String answer,
      Strength strength,
      Function<Target, Script> script) {
    this(name, title, answer, strength, script, null);
  }

  /**
   * How much.
   *
   * @param sockets that do it
   * @param opensPerSecond how fast they come
   * @param seconds how long it lasts at most
   */
  record Strength(int sockets, int opensPerSecond, int seconds) {}
}
