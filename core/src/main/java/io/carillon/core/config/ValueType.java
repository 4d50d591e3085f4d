package io.carillon.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a setting becomes a value. Immutable.
 *
 * @param expectation what a right value looks like, as it stands behind "expected:"
 * @param secret whether the text may hold a secret, so that no message may repeat it
 * @param parser answers null or throws IllegalArgumentException for a text that is not right
 */
public record ValueType<T>(String expectation, boolean secret, Parser<T> parser) {

  /** Reads a text; null or an IllegalArgumentException says that it is not right. */
  @FunctionalInterface
  public interface Parser<T> {
    @Nullable T parse(String text);
  }

  static <T> ValueType<T> of(String expectation, Parser<T> parser) {
    return new ValueType<>(expectation, false, parser);
  }

  static <T> ValueType<T> secret(String expectation, Parser<T> parser) {
    return new ValueType<>(expectation, true, parser);
  }

  static ValueType<Integer> integer(int least, int most) {
    return of(
        least + ".." + most,
        text -> {
          int value = Integer.parseInt(text);
          return value >= least && value <= most ? value : null;
        });
  }

  static ValueType<Boolean> yesOrNo() {
    return of(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  /** Items between commas, at least one, spaces around them ignored. */
  static <T> ValueType<List<T>> listOf(ValueType<T> item) {
    return new ValueType<>(
        item.expectation + "; several with commas between",
        item.secret,
        text -> {
          List<T> items = new ArrayList<>();
          for (String part : text.split(",", -1)) {
            T value = item.parse(part.strip());
            if (value == null) {
              return null;
            }
            items.add(value);
          }
          return List.copyOf(items);
        });
  }

  /** The value, or null when the text is not right. */
  public @Nullable T parse(String text) {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
