package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.core.account.Outcome;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.cookie.Cookie;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered when it was not refused.
 *
 * @param cookie to set with it, or null
 */
record ConsoleAnswer(HttpStatus status, Object body, @Nullable Cookie cookie) {
  static ConsoleAnswer ok(Object body) {
    return new ConsoleAnswer(HttpStatus.OK, body, null);
  }

  /** A file with a table, for a program to read and a person to keep. */
  record Csv(String name, String text) {}

  static ConsoleAnswer created(Object body) {
    return new ConsoleAnswer(HttpStatus.CREATED, body, null);
  }

  ConsoleAnswer with(Cookie set) {
    return new ConsoleAnswer(status, body, set);
  }

  static <T> Checked<T> checked(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> Checked.valid(value);
      case Outcome.Refused<T>(var problem) -> Checked.refused(problem);
    };
  }

  /** The answer to what was done, or why it was not. */
  static <T> Checked<ConsoleAnswer> of(Outcome<T> outcome, Function<T, ConsoleAnswer> answer) {
    return checked(outcome).then(value -> Checked.valid(answer.apply(value)));
  }
}
