package io.carillon.api.http;

import io.carillon.core.Node;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog.Refusal;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in and out of every call of {@code /v1}: finds out who calls, lets the call do its work,
 * and answers JSON or a problem. Thread-safe.
 */
@Singleton
public final class CallGate {
  private static final int UNAUTHORIZED = 401;

  private final BasicAuthentication keys;
  private final BearerAuthentication tokens;
  private final KeyUsage usage;
  private final JsonReplies replies;
  private final MessageRate rate;
  private final Directory directory;

  CallGate(Node node, TokenReader tokens, KeyUsage usage, JsonReplies replies) {
    this.keys = new BasicAuthentication(node.directory());
    this.tokens = new BearerAuthentication(node.revocations().guard(tokens));
    this.usage = usage;
    this.replies = replies;
    this.rate = node.messageRate();
    this.directory = node.directory();
  }

  /** What a call does once it is clear who calls. */
  public interface Work extends Function<Call, CompletionStage<Checked<Answer>>> {}

  /** A backend's call without parameters in its query, about its whole application. */
  public CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    return admit(request, Set.of(), work);
  }

  /**
   * A backend's call about its whole application, whose query may have parameters; so not by a key
   * that is limited.
   *
   * @param parameters the names of those
   */
  public CompletionStage<HttpResponse<?>> admit(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    return admitBackend(request, parameters, known -> unlimited(request, known), work);
  }

  /**
   * A backend's call, also by a limited key; the work asks {@link Call#allowed} for each channel.
   *
   * @param parameters those that its query may have
   */
  public CompletionStage<HttpResponse<?>> admitLimited(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    return admitBackend(request, parameters, Checked::valid, work);
  }

  private CompletionStage<HttpResponse<?>> admitBackend(
      HttpRequest<?> request,
      Set<String> parameters,
      Function<Caller, Checked<Caller>> more,
      Work work) {
    Inbound inbound = Inbound.of(request);
    Checked<Caller> caller = caller(inbound).then(known -> backend(inbound, known)).then(more);
    return answer(inbound, caller, parameters, work).thenApply(Reply::response);
  }

  /**
   * A call that a client may make too, with its token; the work asks {@link Call#allowed}.
   *
   * @param parameters those that its query may have
   */
  public CompletionStage<HttpResponse<?>> admitClients(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    return admitClients(Inbound.of(request), parameters, work).thenApply(Reply::response);
  }

  /** As {@link #admitClients(HttpRequest, Set, Work)}, past the framework. */
  public CompletionStage<Reply> admitClients(Inbound request, Set<String> parameters, Work work) {
    return answer(request, caller(request), parameters, work);
  }

  private CompletionStage<Reply> answer(
      Inbound request, Checked<Caller> admitted, Set<String> parameters, Work work) {
    CompletionStage<Checked<Answer>> answer =
        Stages.answerChecked(admitted.then(caller -> call(request, caller, parameters)), work);
    return EngineDeadline.within(request, answer)
        .thenApply(
            result -> {
              Reply reply =
                  switch (result) {
                    case Checked.Refused<Answer>(var problem) -> {
                      note(request, admitted, problem);
                      yield refusal(problem);
                    }
                    case Checked.Valid<Answer>(var valid) -> reply(request, valid);
                  };
              if (admitted instanceof Checked.Valid<Caller>(var caller)) {
                RateHeaders.tell(reply, rate.gates(caller.app(), caller.key()));
              }
              return reply;
            });
  }

  /** Who looks into it finds it, when it can be said whose it was. */
  private void note(Inbound request, Checked<Caller> admitted, Problem problem) {
    Refusal refusal = new Refusal(request.method() + " " + request.path(), null, problem);
    if (admitted instanceof Checked.Valid<Caller>(var caller)) {
      usage.refused(caller.app().id(), caller.key(), refusal);
      return;
    }
    String authorization = authorization(request);
    if (authorization == null) {
      return;
    }
    KeyId named =
        BearerAuthentication.isMeant(authorization)
            ? tokens.named(authorization)
            : keys.named(authorization);
    App app = named == null ? null : directory.appOfKey(named);
    if (app != null) {
      usage.refused(app.id(), named, refusal);
    }
  }

  private static @Nullable String authorization(Inbound request) {
    List<String> sent = request.headers().all(HttpHeaders.AUTHORIZATION);
    return sent.size() == 1 ? sent.getFirst() : null;
  }

  private Checked<Caller> caller(Inbound request) {
    String authorization = authorization(request);
    Checked<Caller> verified =
        authorization != null && BearerAuthentication.isMeant(authorization)
            ? tokens.verify(authorization)
            : keys.verify(authorization);
    return verified.then(
        caller -> {
          if (!caller.app().settings().enabled()) {
            return Checked.refused(Problem.of(ErrorCode.APP_DISABLED));
          }
          usage.used(caller.key(), request.headers().first(HttpHeaders.USER_AGENT), request);
          return Checked.valid(caller);
        });
  }

  private static Checked<Caller> backend(Inbound request, Caller caller) {
    return caller.isBackend()
        ? Checked.valid(caller)
        : Checked.refused(
            ErrorCode.CAPABILITY_DENIED,
            request.method()
                + " "
                + Quoted.of(request.path())
                + " by a client token (expected: Basic with a key and its secret)");
  }

  private static Checked<Caller> unlimited(HttpRequest<?> request, Caller caller) {
    Problem refusal =
        caller.refusalOfLimited(request.getMethodName() + " " + Quoted.of(request.getPath()));
    return refusal == null ? Checked.valid(caller) : Checked.refused(refusal);
  }

  private static Checked<Call> call(Inbound request, Caller caller, Set<String> parameters) {
    return PercentCoded.segments(request.path())
        .then(
            path ->
                QueryParameters.of(request.query(), PercentCoded.Plus.SPACE)
                    .then(all -> all.onlyOf(parameters))
                    .then(
                        known ->
                            Checked.valid(
                                new Call(caller, path, known, request.headers(), request.body()))));
  }

  private Reply reply(Inbound request, Answer answer) {
    Reply reply =
        new Reply(
            answer.status().getCode(), MediaType.APPLICATION_JSON, replies.bytes(answer.body()));
    return answer.next() == null
        ? reply
        : reply.with(
            HttpHeaders.LINK, "<" + request.path() + "?" + answer.next() + ">; rel=\"next\"");
  }

  private Reply refusal(Problem problem) {
    Reply reply = replies.problem(problem);
    return reply.status() == UNAUTHORIZED
        ? reply
            .with(HttpHeaders.WWW_AUTHENTICATE, BasicAuthentication.CHALLENGE)
            .with(HttpHeaders.WWW_AUTHENTICATE, BearerAuthentication.CHALLENGE)
        : reply;
  }
}
