package io.carillon.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something stands in a channel's log. Immutable. Save it, as its text or its two numbers, to
 * go on from it later.
 *
 * @param epoch a life of the log, 0 to 2<sup>53</sup>-1; a later epoch is a greater number
 * @param offset dense from 1 within an epoch, up to 2<sup>53</sup>-1; 0 is before the first
 */
public record Position(long epoch, long offset) implements Comparable<Position> {
  private static final long MAX = (1L << 53) - 1;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,16})@(\\d{1,16})");

  /**
   * A position of two numbers.
   *
   * @throws IllegalArgumentException when a number is out of its range
   */
  public Position {
    if (epoch < 0 || epoch > MAX || offset < 0 || offset > MAX) {
      throw new IllegalArgumentException(
          "position: " + epoch + "@" + offset + " (expected: numbers from 0 to " + MAX + ")");
    }
  }

  /**
   * The position of such a text as {@link #toString} gives.
   *
   * @throws IllegalArgumentException when it is another text
   */
  public static Position parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("position: " + text + " (expected: epoch@offset)");
    }
    return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  /** The earlier one first. */
  @Override
  public int compareTo(Position other) {
    int epochs = Long.compare(epoch, other.epoch);
    return epochs != 0 ? epochs : Long.compare(offset, other.offset);
  }

  /** {@code epoch@offset}. */
  @Override
  public String toString() {
    return epoch + "@" + offset;
  }
}
