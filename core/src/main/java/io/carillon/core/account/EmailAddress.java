package io.carillon.core.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in lower case, which is how two of them are compared. Whether it reaches anyone
 * only a mail tells. It has no control characters, so that it can stand in a mail's header.
 */
public record EmailAddress(String value) {
  public static final int LENGTH_MAX = 254;

  private static final Pattern FORM =
      Pattern.compile(
          "[^\\s\\p{Cntrl}@\"<>(),:;\\[\\]\\\\]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  public EmailAddress {
    if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "e-mail address: " + value.length() + " characters (expected: anna@example.com)");
    }
  }

  /** The address that a person has typed, or empty when it cannot be one. */
  public static Optional<EmailAddress> parse(String typed) {
    String text = typed.strip().toLowerCase(Locale.ROOT);
    return text.length() <= LENGTH_MAX && FORM.matcher(text).matches()
        ? Optional.of(new EmailAddress(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
