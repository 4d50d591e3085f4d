package io.carillon.api.compat.pusher;

import io.carillon.api.compat.pusher.QuerySignature.Sent;
import io.carillon.api.http.Checked;
import io.carillon.api.http.EngineDeadline;
import io.carillon.api.http.Json;
import io.carillon.api.http.KeyUsage;
import io.carillon.api.http.RateHeaders;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.model.Payload;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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
  private final MessageRate rate;

  RequestGate(Node node, KeyUsage usage) {
    this.signature = new QuerySignature(node.directory(), node.ticker());
    this.usage = usage;
    this.rate = node.messageRate();
  }

  /** What a call does once it is clear who calls. */
  interface Work extends Function<SignedRequest, CompletionStage<Checked<JsonNode>>> {}

  CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    Checked<SignedRequest> admitted = admitted(request);
    return EngineDeadline.within(request, Stages.answerChecked(admitted, work))
        .thenApply(
            result -> {
              MutableHttpResponse<?> response =
                  switch (result) {
                    case Checked.Refused<JsonNode>(var problem) -> refusal(problem);
                    case Checked.Valid<JsonNode>(var json) ->
                        HttpResponse.ok(Json.bytes(json))
                            .contentType(MediaType.APPLICATION_JSON_TYPE);
                  };
              if (admitted instanceof Checked.Valid<SignedRequest>(var signed)) {
                RateHeaders.tell(response, rate, signed.app().id());
              }
              return response;
            });
  }

  private Checked<SignedRequest> admitted(HttpRequest<?> request) {
    Payload body = request.getBody(byte[].class).map(Payload::binary).orElse(NO_BODY);
    String query = request.getUri().getRawQuery();
    Sent sent =
        new Sent(request.getMethodName(), request.getPath(), query == null ? "" : query, body);
    Checked<SignedRequest> admitted = signature.verify(sent).then(RequestGate::enabled);
    if (admitted instanceof Checked.Valid<SignedRequest>(var signed)) {
      usage.used(signed.key().id(), request.getHeaders().get("x-pusher-library"));
    }
    return admitted;
  }

  private static Checked<SignedRequest> enabled(SignedRequest signed) {
    return signed.app().settings().enabled()
        ? Checked.valid(signed)
        : Checked.refused(Problem.of(ErrorCode.APP_DISABLED));
  }

  private static MutableHttpResponse<?> refusal(Problem problem) {
    int status = problem.code().httpStatus();
    MutableHttpResponse<?> response =
        HttpResponse.status(status, reason(status))
            .body(problem.detail().getBytes(StandardCharsets.UTF_8))
            .contentType(PlainErrors.PLAIN_TEXT);
    RateHeaders.retryAfter(response, problem);
    return response;
  }

  private static String reason(int status) {
    return HttpStatus.valueOf(status).getReason();
  }
}
