package io.carillon.api.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called in the log and in the answer to it: what its sender calls it, if that is
 * a plain word, or else a number that nobody else has. Stateless.
 */
public final class RequestId {
  public static final String HEADER = "X-Request-Id";

  /** In lines of the log. */
  public static final String FIELD = "request";

  /** Longer ones are not taken over. */
  static final int LENGTH_MAX = 128;

  private RequestId() {}

  /** What a request is called whose header says this. */
  public static String of(@Nullable String said) {
    return said != null && isPlain(said)
        ? said
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isPlain(String said) {
    if (said.isEmpty() || said.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < said.length(); i++) {
      char c = said.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && "-._~:/+=".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
