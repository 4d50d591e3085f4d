package io.carillon.core.account;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.util.function.Function;

/** What became of something that a person asked for. Immutable. */
public sealed interface Outcome<T> {
  /** It is done. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It is not done, and nothing was changed. */
  record Refused<T>(Problem problem) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Problem problem) {
    return new Refused<>(problem);
  }

  static <T> Outcome<T> refused(ErrorCode code) {
    return new Refused<>(Problem.of(code));
  }

  /** Goes on with what is done. */
  default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
    return switch (this) {
      case Done<T>(var value) -> next.apply(value);
      case Refused<T>(var problem) -> new Refused<>(problem);
    };
  }
}
