package io.carillon.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;

/**
 * An expression of a schema, matched in time that grows with its size and with the text's length
 * only, and counted. Immutable.
 */
final class LinearExpression implements RegularExpression {
  static final int LENGTH_MAX = 1_000;

  /** In states of its automaton, about; what repeats so many times counts so many times. */
  static final int SIZE_MAX = 2_000;

  private final Pattern pattern;
  private final int size;

  private LinearExpression(Pattern pattern, int size) {
    this.pattern = pattern;
    this.size = size;
  }

  /**
   * The expression with this text.
   *
   * @throws IllegalArgumentException with the offending text and what was expected
   */
  static LinearExpression of(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "pattern: " + text.length() + " characters (expected: up to " + LENGTH_MAX + ")");
    }
    long size = ExpressionSize.of(text);
    if (size > SIZE_MAX) {
      throw new IllegalArgumentException(
          "pattern: \"" + text + "\" (expected: repeats of up to " + SIZE_MAX + " characters)");
    }
    try {
      return new LinearExpression(Pattern.compile(text), (int) size);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern: \""
              + text
              + "\", "
              + e.getDescription()
              + " (expected: a regular expression without lookaround and backreferences)");
    }
  }

  @Override
  public boolean matches(String text) {
    if (Effort.CURRENT.isBound()) {
      Effort.CURRENT.get().take((long) size * (text.length() + 1) / 4);
    }
    return pattern.matcher(text).find();
  }
}
