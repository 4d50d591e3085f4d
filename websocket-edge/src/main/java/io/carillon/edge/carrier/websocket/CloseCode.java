package io.carillon.edge.carrier.websocket;

/** Close codes of RFC 6455 (7.4) and which of all codes a client may send. Stateless. */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED_DATA = 1003;

  /** Stands for a close frame without a code; never in a frame. */
  static final int NONE = 1005;

  static final int INVALID_DATA = 1007;
  static final int TOO_BIG = 1009;

  private CloseCode() {}

  /** Whether the code may stand in a frame (7.4, and the registry that it opened). */
  static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006))
        || (code >= 3000 && code <= 4999);
  }
}
