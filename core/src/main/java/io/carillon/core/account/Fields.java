package io.carillon.core.account;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Secret;
import org.jspecify.annotations.Nullable;

/** What people type into forms, and what is wrong with it. Stateless. */
final class Fields {
  static final int PASSWORD_MIN = 10;

  /** Hashing takes the same time for any, so this only bounds what is copied. */
  static final int PASSWORD_MAX = 256;

  static final int NAME_MAX = 100;

  private Fields() {}

  static Outcome<EmailAddress> email(String typed) {
    return EmailAddress.parse(typed)
        .map(Outcome::done)
        .orElseGet(
            () ->
                Outcome.refused(
                    wrong("email", typed.length() + " characters", "such as anna@example.com")));
  }

  /** By length alone, as rules about kinds of characters make passwords worse. */
  static Outcome<Secret> password(String typed, String field) {
    int length = typed.codePointCount(0, typed.length());
    return length >= PASSWORD_MIN && length <= PASSWORD_MAX
        ? Outcome.done(Secret.of(typed))
        : Outcome.refused(
            wrong(field, length + " characters", PASSWORD_MIN + " to " + PASSWORD_MAX));
  }

  static Outcome<String> name(@Nullable String typed, String field) {
    String name = typed == null ? "" : typed.strip();
    return !name.isEmpty()
            && name.length() <= NAME_MAX
            && name.chars().noneMatch(Character::isISOControl)
        ? Outcome.done(name)
        : Outcome.refused(
            wrong(
                field,
                name.length() + " characters",
                "1 to " + NAME_MAX + " without control characters"));
  }

  static Problem wrong(String field, String was, String expected) {
    return Problem.of(ErrorCode.BAD_REQUEST, field + ": " + was + " (expected: " + expected + ")")
        .at("/" + field);
  }
}
