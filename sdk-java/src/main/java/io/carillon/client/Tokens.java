package io.carillon.client;

import io.carillon.client.TokenRequest.Reason;
import io.carillon.client.internal.Lane;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the client's token; nobody else keeps it, so that a stale one cannot come back. Confined to
 * the lane, which also completes its futures.
 */
final class Tokens {
  /** How long an answer may take. */
  private static final long ANSWER_MILLIS_MAX = 15_000;

  /** The part of a token's life in which it is used for new connections. */
  private static final double USABLE_LIFE = 0.8;

  /** A clock of this device may be behind by this part of a token's life. */
  private static final double SKEW = 0.2;

  private final Lane lane;
  private final Executor worker;
  private final TokenSupplier supplier;
  private final Consumer<TokenFailure> failed;
  private @Nullable String token;
  private @Nullable CarillonException refusal;
  private @Nullable CompletableFuture<String> asking;
  private int attempt;

  /**
   * @param worker where the supplier may wait
   */
  Tokens(Lane lane, Executor worker, TokenSupplier supplier, Consumer<TokenFailure> failed) {
    this.lane = lane;
    this.worker = worker;
    this.supplier = supplier;
    this.failed = failed;
  }

  /** The token for a new connection: the known one only while it provably lives. */
  CompletableFuture<String> get() {
    String known = token;
    return known != null && isFresh(known, lane.millis())
        ? CompletableFuture.completedFuture(known)
        : ask(Reason.CONNECT);
  }

  /** A new token; askers at the same time share the answer. */
  CompletableFuture<String> ask(Reason reason) {
    CompletableFuture<String> pending = asking;
    if (pending != null) {
      return pending;
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    asking = answer;
    Lane.Timer late =
        lane.schedule(
            ANSWER_MILLIS_MAX,
            () ->
                answer.completeExceptionally(
                    CarillonException.of(ClientError.TOKEN_UNAVAILABLE, "no answer")));
    int number = ++attempt;
    answer.whenComplete((value, thrown) -> answered(value, thrown, number, late));
    TokenRequest request = request(reason, number);
    worker.execute(() -> supply(request, answer));
    return answer;
  }

  private TokenRequest request(Reason reason, int number) {
    CarillonException error = refusal;
    return new TokenRequest(
        error == null ? reason : Reason.REFUSED, number, Optional.ofNullable(error));
  }

  private void supply(TokenRequest request, CompletableFuture<String> answer) {
    try {
      String supplied = supplier.get(request);
      lane.execute(() -> answer.complete(supplied));
    } catch (Throwable thrown) {
      CarillonException error = CarillonException.as(thrown, ClientError.TOKEN_UNAVAILABLE);
      lane.execute(() -> answer.completeExceptionally(error));
    }
  }

  private void answered(
      @Nullable String value, @Nullable Throwable thrown, int number, Lane.Timer late) {
    late.cancel();
    asking = null;
    if (thrown == null) {
      attempt = 0;
      refusal = null;
      token = value;
    } else {
      failed.accept(
          new TokenFailure(number, CarillonException.as(thrown, ClientError.TOKEN_UNAVAILABLE)));
    }
  }

  /** The server did not take it. */
  void refuse(CarillonException error) {
    token = null;
    refusal = error;
  }

  /** Whether a JWT is in the first four fifths of its life; of other tokens nothing is known. */
  private static boolean isFresh(String token, long now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      Frame frame = Frame.one(new String(claims, StandardCharsets.UTF_8));
      double iat = frame.number("iat", 0);
      double exp = frame.number("exp", 0);
      double lived = (now / 1000.0 - iat) / (exp - iat);
      return iat > 0 && exp > iat && lived > -SKEW && lived < USABLE_LIFE;
    } catch (IllegalArgumentException notAJwt) {
      return false;
    }
  }
}
