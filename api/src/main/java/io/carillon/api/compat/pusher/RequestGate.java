package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.EngineDeadline;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.Json;
import io.carillon.api.http.KeyUsage;
import io.carillon.api.http.RateHeaders;
import io.carillon.api.http.Reply;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog.Refusal;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.model.AppId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
  private final QuerySignature signature;
  private final KeyUsage usage;
  private final MessageRate rate;
  private final Directory directory;

  RequestGate(Node node, KeyUsage usage) {
    this.signature = new QuerySignature(node.directory(), node.ticker());
    this.usage = usage;
    this.rate = node.messageRate();
    this.directory = node.directory();
  }

  /** What a call does once it is clear who calls. */
  interface Work extends Function<SignedRequest, CompletionStage<Checked<JsonNode>>> {}

  CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    return admit(Inbound.of(request), work).thenApply(Reply::response);
  }

  /** As {@link #admit(HttpRequest, Work)}, past the framework. */
  CompletionStage<Reply> admit(Inbound request, Work work) {
    Checked<SignedRequest> admitted = admitted(request);
    return EngineDeadline.within(request, Stages.answerChecked(admitted, work))
        .thenApply(
            result -> {
              Reply reply =
                  switch (result) {
                    case Checked.Refused<JsonNode>(var problem) -> {
                      note(request, problem);
                      yield refusal(problem);
                    }
                    case Checked.Valid<JsonNode>(var json) ->
                        new Reply(200, MediaType.APPLICATION_JSON, Json.bytes(json));
                  };
              if (admitted instanceof Checked.Valid<SignedRequest>(var signed)) {
                RateHeaders.tell(reply, rate.gates(signed.app(), signed.key().id()));
              }
              return reply;
            });
  }

  private Checked<SignedRequest> admitted(Inbound request) {
    Checked<SignedRequest> admitted = signature.verify(request).then(RequestGate::enabled);
    if (admitted instanceof Checked.Valid<SignedRequest>(var signed)) {
      usage.used(signed.key().id(), request.headers().first("x-pusher-library"), request);
    }
    return admitted;
  }

  /** Who looks into it finds it, when the path names an application. */
  private void note(Inbound request, Problem problem) {
    String[] path = request.path().split("/", 4);
    if (path.length > 2 && AppId.isValid(path[2]) && directory.app(new AppId(path[2])) != null) {
      String what = request.method() + " " + request.path();
      usage.refused(new AppId(path[2]), null, new Refusal(what, null, problem));
    }
  }

  private static Checked<SignedRequest> enabled(SignedRequest signed) {
    return signed.app().settings().enabled()
        ? Checked.valid(signed)
        : Checked.refused(Problem.of(ErrorCode.APP_DISABLED));
  }

  private static Reply refusal(Problem problem) {
    Reply reply =
        new Reply(
            problem.code().httpStatus(),
            PlainErrors.PLAIN_TEXT.toString(),
            problem.detail().getBytes(StandardCharsets.UTF_8));
    RateHeaders.retryAfter(reply, problem);
    return reply;
  }
}
