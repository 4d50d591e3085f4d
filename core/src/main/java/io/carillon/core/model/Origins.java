package io.carillon.core.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Origins of web pages (RFC 6454) that may connect to an application. Immutable.
 *
 * @param allowed as browsers write them, such as {@code https://app.example.com}; empty for all
 */
public record Origins(List<String> allowed) {
  public static final Origins ALL = new Origins(List.of());

  /** Of one application. */
  public static final int COUNT_MAX = 50;

  /** Of one origin, in characters. */
  public static final int LENGTH_MAX = 255;

  /** How one is written, for a sentence. */
  public static final String EXPECTED = "an origin such as https://app.example.com";

  private static final Pattern WRITTEN = Pattern.compile("[a-z][a-z0-9+.-]*://[!-~&&[^/?#@*,]]+");

  public Origins {
    allowed = List.copyOf(allowed);
  }

  /** An origin as browsers write it, in small letters; null when the text is none. */
  public static @Nullable String parse(String text) {
    String origin = text.toLowerCase(Locale.ROOT);
    return origin.length() <= LENGTH_MAX && WRITTEN.matcher(origin).matches() ? origin : null;
  }

  /**
   * Whether this one may connect.
   *
   * @param origin as the request says; null for a program that is no page and says none
   */
  public boolean allow(@Nullable String origin) {
    return allowed.isEmpty() || origin == null || allowed.contains(origin);
  }
}
