package io.carillon.api.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.api.http.Checked;
import io.carillon.api.http.EngineDeadline;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.JsonReplies;
import io.carillon.api.http.PercentCoded;
import io.carillon.api.http.Reply;
import io.carillon.api.http.Stages;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Payload;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in and out of every call of the operator: whoever has the configured token is it. What
 * lies behind it blocks, on a virtual thread. Thread-safe.
 */
@Singleton
final class OperatorGate {
  private static final String BEARER = "Bearer ";

  private final byte @Nullable [] token;
  private final JsonReplies replies;

  OperatorGate(
      @Nullable @Property(name = "carillon.operator-token") String token, JsonReplies replies) {
    this.token = token == null || token.isEmpty() ? null : token.getBytes(UTF_8);
    this.replies = replies;
  }

  /** A call of the operator. */
  record Call(List<String> path, Payload body) {}

  /** What a call does; it blocks. */
  interface Work extends Function<Call, Checked<?>> {}

  CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    Inbound inbound = Inbound.of(request);
    Checked<Call> call =
        isOperator(inbound)
            ? PercentCoded.segments(inbound.path())
                .then(path -> Checked.valid(new Call(path, inbound.body())))
            : Checked.refused(Problem.of(ErrorCode.OPERATOR_DENIED));
    CompletionStage<Checked<Object>> answer =
        Stages.answerChecked(
            call, known -> Stages.blocking(() -> work.apply(known).then(Checked::valid)));
    return EngineDeadline.within(inbound, answer).thenApply(this::response);
  }

  private boolean isOperator(Inbound request) {
    String shown = request.headers().first(HttpHeaders.AUTHORIZATION);
    return token != null
        && shown != null
        && shown.startsWith(BEARER)
        && MessageDigest.isEqual(token, shown.substring(BEARER.length()).getBytes(UTF_8));
  }

  private HttpResponse<?> response(Checked<Object> result) {
    Reply reply =
        switch (result) {
          case Checked.Refused<Object>(var problem) -> replies.problem(problem);
          case Checked.Valid<Object>(var body) ->
              new Reply(200, MediaType.APPLICATION_JSON, replies.bytes(body));
        };
    reply.headers().add(new Reply.Header(HttpHeaders.CACHE_CONTROL, "no-store"));
    return reply.response();
  }
}
