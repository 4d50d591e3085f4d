package io.carillon.client;

import java.util.Locale;

/** The errors that the client itself finds; their {@link #slug} is the kind of the exception. */
public enum ClientError {
  /**
   * The caller gave up: a future was cancelled, or a thread interrupted. What was sent may have
   * happened; the same id makes a retry safe.
   */
  ABORTED(
      90001,
      Retry.NO,
      "The caller gave up",
      "What was sent may have happened; the same id makes a retry safe"),
  /**
   * There was no answer within the time that the caller gave, or the client's. Retry with the same
   * id: a message is not taken twice.
   */
  TIMEOUT(
      90002,
      Retry.LATER,
      "No answer in time",
      "Retry with the same id; a message is not taken twice"),
  /** The client was closed. Make a new one. */
  CLOSED(90003, Retry.NO, "The client is closed", "Make a new one"),
  /** The connection broke. Nothing is to be done: the client comes back by itself. */
  CONNECTION_LOST(90004, Retry.NOW, "The connection was lost", "It comes back by itself"),
  /**
   * Too many requests wait for an answer. Publish less, or raise {@link ClientOptions#queueLimit}.
   */
  QUEUE_FULL(
      90005,
      Retry.LATER,
      "Too many requests wait for an answer",
      "Publish less, or raise queueLimit"),
  /** The application's token supplier failed or took too long. The cause says more. */
  TOKEN_UNAVAILABLE(90006, Retry.LATER, "The token supplier failed", "See the cause"),
  /** The channel was left while somebody waited for it. Attach it again. */
  DETACHED(90009, Retry.NO, "The channel was detached", "Attach it again"),
  /**
   * A message was over the server's limit, see {@link ConnectionState.Limits}. Send less, or a
   * link.
   */
  TOO_LARGE(
      90010, Retry.NO, "The message is larger than the server takes", "Send less, or a link to it"),
  /** The server said something that is not of the protocol. Check the address. */
  PROTOCOL(90011, Retry.LATER, "The server's answer is not of the protocol", "Check the address");

  private static final String PAGE =
      "https://javadoc.io/doc/io.carillon/carillon-sdk-java/latest/io.carillon.client/io/carillon/client/ClientError.html#";

  final int code;
  final Retry retry;
  final String sentence;
  final String remedy;

  ClientError(int code, Retry retry, String sentence, String remedy) {
    this.code = code;
    this.retry = retry;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** The place in this library's reference that says what to do. */
  String page() {
    return PAGE + name();
  }

  /** As {@link CarillonException#kind} has it: in lower case, with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
