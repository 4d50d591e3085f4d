package io.carillon.api.http;

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

  /** The trace of a header that we have written; empty for any other. */
  static String idOf(@Nullable String traceparent) {
    return traceparent == null || traceparent.length() < ID_END
        ? ""
        : traceparent.substring(ID_BEGIN, ID_END);
  }
}
