package io.carillon.api.http;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a request and lines of the log say which trace they are of (W3C Trace Context). Stateless.
 */
public final class Traced {
  public static final String HEADER = "traceparent";

  /** In lines of the log. */
  public static final String FIELD = "trace";

  private static final int ID_BEGIN = 3;
  private static final int ID_END = 35;

  private Traced() {}

  /** The trace of a header; null when it says none. */
  static @Nullable String idOf(@Nullable String traceparent) {
    if (traceparent == null || traceparent.length() < ID_END) {
      return null;
    }
    String id = traceparent.substring(ID_BEGIN, ID_END);
    return id.chars().allMatch(HexFormat::isHexDigit) ? id : null;
  }
}
