package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.util.function.Function;

/** Input that was found good, or why it was not. Immutable. */
public sealed interface Checked<T> {
  /** The input as the program wants it. */
  record Valid<T>(T value) implements Checked<T> {}

  /** What is wrong with the input. */
  record Refused<T>(Problem problem) implements Checked<T> {}

  static <T> Checked<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Checked<T> refused(Problem problem) {
    return new Refused<>(problem);
  }

  /** Refused with the offending value and what was expected. */
  static <T> Checked<T> refused(ErrorCode code, String detail) {
    return new Refused<>(Problem.of(code, detail));
  }

  /** Goes on with a good value; a refusal stays what it is. */
  default <U> Checked<U> then(Function<T, Checked<U>> next) {
    return switch (this) {
      case Valid<T>(var value) -> next.apply(value);
      case Refused<T>(var problem) -> new Refused<>(problem);
    };
  }
}
