package io.carillon.client.testing;

import io.carillon.client.Retry;
import java.util.Locale;
import java.util.Map;

/** A problem as the server would tell it; its words say where it comes from. Immutable. */
record Problem(String kind, int code, Retry retry, String detail) {
  static Problem of(String kind, int code) {
    return new Problem(kind, code, Retry.NO, kind);
  }

  static Problem of(String kind, int code, Retry retry) {
    return new Problem(kind, code, retry, kind);
  }

  static Problem about(String detail, String kind, int code) {
    return new Problem(kind, code, Retry.NO, detail);
  }

  String message() {
    return detail + " (test server)";
  }

  /** Clause 7.4: the code that a connection is closed with because of it. */
  int closeCode() {
    return switch (retry) {
      case NO -> 4010;
      case LATER -> 4110;
      case NOW -> 4210;
      case TOKEN -> 4310;
    };
  }

  /** The word of {@code go}. */
  String advice() {
    return retry == Retry.NO ? "fatal" : word();
  }

  private String word() {
    return retry.name().toLowerCase(Locale.ROOT);
  }

  /** Adds the fields of clause 8.1. */
  Map<String, Object> onto(Map<String, Object> frame) {
    return Frames.put(frame, "kind", kind, "code", code, "msg", message(), "retry", word());
  }
}
