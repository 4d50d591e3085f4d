package io.carillon.api.compat.pusher;

import io.carillon.api.compat.pusher.QuerySignature.Sent;
import io.carillon.api.http.Checked;
import io.carillon.api.http.EngineDeadline;
import io.carillon.api.http.Json;
import io.carillon.api.http.KeyUsage;
import io.carillon.core.Node;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Payload;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The way in and out of every call: checks the signature, lets the call do its work, and says the
 * result as libraries expect it, JSON or a status with one plain sentence. Thread-safe.
 */
@Singleton
final class RequestGate {
  private static final Payload NO_BODY = Payload.binary(new byte[0]);

  private final QuerySignature signature;
  private final KeyUsage usage;

  RequestGate(Node node, KeyUsage usage) {
    this.signature = new QuerySignature(node.directory(), node.ticker());
    this.usage = usage;
  }

  /** What a call does once it is clear who calls. */
  interface Work extends Function<SignedRequest, CompletionStage<Checked<JsonNode>>> {}

  CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    return EngineDeadline.within(request, answer(request, work))
        .thenApply(
            result ->
                switch (result) {
                  case Checked.Refused<JsonNode>(var problem) -> refusal(problem);
                  case Checked.Valid<JsonNode>(var json) ->
                      HttpResponse.ok(Json.bytes(json))
                          .contentType(MediaType.APPLICATION_JSON_TYPE);
                });
  }

  private CompletionStage<Checked<JsonNode>> answer(HttpRequest<?> request, Work work) {
    Payload body = request.getBody(byte[].class).map(Payload::binary).orElse(NO_BODY);
    String query = request.getUri().getRawQuery();
    Sent sent =
        new Sent(request.getMethodName(), request.getPath(), query == null ? "" : query, body);
    return switch (signature.verify(sent).then(RequestGate::enabled)) {
      case Checked.Refused<SignedRequest>(var problem) ->
          CompletableFuture.completedFuture(Checked.refused(problem));
      case Checked.Valid<SignedRequest>(var signed) -> {
        usage.used(signed.key().id(), request.getHeaders().get("x-pusher-library"));
        yield work.apply(signed);
      }
    };
  }

  private static Checked<SignedRequest> enabled(SignedRequest signed) {
    return signed.app().settings().enabled()
        ? Checked.valid(signed)
        : Checked.refused(Problem.of(ErrorCode.APP_DISABLED));
  }

  private static HttpResponse<?> refusal(Problem problem) {
    int status = problem.code().httpStatus();
    MutableHttpResponse<?> response =
        HttpResponse.status(status, reason(status))
            .body(problem.detail().getBytes(StandardCharsets.UTF_8))
            .contentType(PlainErrors.PLAIN_TEXT);
    return status == 503
        ? response.header(HttpHeaders.RETRY_AFTER, EngineDeadline.RETRY_AFTER_SECONDS)
        : response;
  }

  private static String reason(int status) {
    return HttpStatus.valueOf(status).getReason();
  }
}
