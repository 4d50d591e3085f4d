package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for an engine that is down or silent. Stateless. */
public final class EngineDeadline {
  /** An engine that is down has to be answered for within five seconds. */
  static final long SECONDS_MAX = 4;

  /** When to try again after {@link ErrorCode#UNAVAILABLE}. */
  static final String RETRY_AFTER_SECONDS = "1";

  private static final Logger LOG = LoggerFactory.getLogger(EngineDeadline.class);

  private EngineDeadline() {}

  /** The answer, or unavailable when there is none in time; never fails. */
  public static <T> CompletionStage<Checked<T>> within(
      Inbound request, CompletionStage<Checked<T>> answer) {
    CompletableFuture<Checked<T>> future = answer.toCompletableFuture();
    if (future.state() == Future.State.SUCCESS && future.resultNow() != null) {
      return future; // by far the most: no timer is set for what needs none
    }
    return future
        .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
        .handle(
            (result, failure) -> {
              if (failure != null || result == null) {
                LOG.atWarn()
                    .addKeyValue(RequestId.FIELD, request.headers().first(RequestId.HEADER))
                    .addKeyValue(Traced.FIELD, Traced.idOf(request.headers().first(Traced.HEADER)))
                    .addKeyValue("code", ErrorCode.UNAVAILABLE.slug())
                    .setCause(failure)
                    .log("{} {} failed", request.method(), request.path());
                return Checked.refused(Problem.of(ErrorCode.UNAVAILABLE));
              }
              return result;
            });
  }
}
