package io.carillon.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Every error of the client. {@link #kind} is the contract, {@link #getMessage} is for people.
 * Immutable but for its stack, so any thread may use it.
 */
public final class CarillonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final int code;
  private final Retry retry;

  /** 0 when nobody knows. */
  final long afterMillis;

  private final @Nullable String remedy;
  private final String doc;

  private CarillonException(
      Frame problem, String doc, @Nullable String remedy, @Nullable Throwable cause) {
    super(problem.text("msg", ""), cause);
    this.kind = problem.text("kind", "internal-error");
    this.code = (int) problem.number("code", 0);
    this.retry = Retry.of(problem.text("retry", "no"));
    this.afterMillis = problem.number("after", 0);
    this.remedy = remedy;
    this.doc = doc + kind;
  }

  private CarillonException(ClientError error, String detail, @Nullable Throwable cause) {
    super(detail.isEmpty() ? error.sentence : error.sentence + ": " + detail, cause);
    this.kind = error.slug();
    this.code = error.code;
    this.retry = error.retry;
    this.afterMillis = 0;
    this.remedy = error.remedy;
    this.doc = error.page();
  }

  /** What a server said. */
  static CarillonException ofServer(Frame problem, String page) {
    return new CarillonException(problem, page, problem.text("remedy"), null);
  }

  static CarillonException of(ClientError error, String detail) {
    return new CarillonException(error, detail, null);
  }

  static CarillonException of(ClientError error, String detail, Throwable cause) {
    return new CarillonException(error, detail, cause);
  }

  /** What was thrown, as one of ours. */
  static CarillonException as(Throwable thrown, ClientError error) {
    Throwable found =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return found instanceof CarillonException own ? own : of(error, String.valueOf(found), found);
  }

  /**
   * The slug of the error: one of the server's catalogue, {@code docs/errors.md}, or of those that
   * {@link ClientError} lists. A server that is newer than this library may send others.
   */
  public String kind() {
    return kind;
  }

  /** The number of the kind: 40000 and more of a server's, 90001 and more of the client's own. */
  public int code() {
    return code;
  }

  /** Whether the same attempt may succeed. */
  public Retry retry() {
    return retry;
  }

  /** In what time the same attempt may succeed, where the server said so; clause 8.1. */
  public Optional<Duration> after() {
    return afterMillis > 0 ? Optional.of(Duration.ofMillis(afterMillis)) : Optional.empty();
  }

  /** What to do about it, where the client knows it. */
  public Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }

  /**
   * The address of the page about the kind: {@code /docs/errors.md} of the server for its own, the
   * library's reference for those of {@link ClientError}.
   */
  public String doc() {
    return doc;
  }
}
