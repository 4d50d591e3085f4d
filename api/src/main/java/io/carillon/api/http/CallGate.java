package io.carillon.api.http;

import io.carillon.core.Node;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.model.Payload;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The way in and out of every call of {@code /v1}: finds out who calls, lets the call do its work,
 * and answers JSON or a problem. Thread-safe.
 */
@Singleton
public final class CallGate {
  private static final Payload NO_BODY = Payload.binary(new byte[0]);

  private final BasicAuthentication keys;
  private final BearerAuthentication tokens;
  private final KeyUsage usage;
  private final JsonMapper json;
  private final MessageRate rate;

  CallGate(Node node, TokenReader tokens, KeyUsage usage, JsonMapper json) {
    this.keys = new BasicAuthentication(node.directory());
    this.tokens = new BearerAuthentication(node.revocations().guard(tokens));
    this.usage = usage;
    this.json = json;
    this.rate = node.messageRate();
  }

  /** What a call does once it is clear who calls. */
  public interface Work extends Function<Call, CompletionStage<Checked<Answer>>> {}

  /** A backend's call without parameters in its query. */
  public CompletionStage<HttpResponse<?>> admit(HttpRequest<?> request, Work work) {
    return admit(request, Set.of(), work);
  }

  /**
   * A backend's call, whose query may have parameters.
   *
   * @param parameters the names of those
   */
  public CompletionStage<HttpResponse<?>> admit(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    return answer(
        request,
        caller(request).then(caller -> backend(request, caller)),
        caller -> call(request, caller, parameters),
        work);
  }

  /**
   * A call that a client may make too, with its token; the work asks {@link Call#allowed}.
   *
   * @param parameters those that its query may have
   */
  public CompletionStage<HttpResponse<?>> admitClients(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    return answer(request, caller(request), caller -> call(request, caller, parameters), work);
  }

  private CompletionStage<HttpResponse<?>> answer(
      HttpRequest<?> request,
      Checked<Caller> admitted,
      Function<Caller, Checked<Call>> call,
      Work work) {
    CompletionStage<Checked<Answer>> answer = Stages.answerChecked(admitted.then(call), work);
    return EngineDeadline.within(request, answer)
        .thenApply(
            result -> {
              MutableHttpResponse<?> response =
                  switch (result) {
                    case Checked.Refused<Answer>(var problem) -> refusal(problem);
                    case Checked.Valid<Answer>(var valid) -> response(request, valid);
                  };
              if (admitted instanceof Checked.Valid<Caller>(var caller)) {
                RateHeaders.tell(response, rate, caller.app().id());
              }
              return response;
            });
  }

  private Checked<Caller> caller(HttpRequest<?> request) {
    List<String> sent = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    String authorization = sent.size() == 1 ? sent.getFirst() : null;
    Checked<Caller> verified =
        authorization != null && BearerAuthentication.isMeant(authorization)
            ? tokens.verify(authorization)
            : keys.verify(authorization);
    return verified.then(
        caller -> {
          if (!caller.app().settings().enabled()) {
            return Checked.refused(Problem.of(ErrorCode.APP_DISABLED));
          }
          usage.used(caller.key(), request.getHeaders().get(HttpHeaders.USER_AGENT));
          return Checked.valid(caller);
        });
  }

  private static Checked<Caller> backend(HttpRequest<?> request, Caller caller) {
    return caller.isBackend()
        ? Checked.valid(caller)
        : Checked.refused(
            ErrorCode.CAPABILITY_DENIED,
            request.getMethodName()
                + " "
                + Quoted.of(request.getPath())
                + " by a client token (expected: Basic with a key and its secret)");
  }

  private static Checked<Call> call(HttpRequest<?> request, Caller caller, Set<String> parameters) {
    String query = request.getUri().getRawQuery();
    Payload body = request.getBody(byte[].class).map(Payload::binary).orElse(NO_BODY);
    return PercentCoded.segments(request.getPath())
        .then(
            path ->
                QueryParameters.of(query == null ? "" : query, PercentCoded.Plus.SPACE)
                    .then(all -> all.onlyOf(parameters))
                    .then(
                        known ->
                            Checked.valid(
                                new Call(caller, path, known, request.getHeaders(), body))));
  }

  private MutableHttpResponse<?> response(HttpRequest<?> request, Answer answer) {
    MutableHttpResponse<?> response =
        HttpResponse.status(answer.status())
            .body(bytes(answer.body()))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    return answer.next() == null
        ? response
        : response.header(
            HttpHeaders.LINK, "<" + request.getPath() + "?" + answer.next() + ">; rel=\"next\"");
  }

  private MutableHttpResponse<?> refusal(Problem problem) {
    MutableHttpResponse<?> response =
        HttpResponse.status(HttpStatus.valueOf(problem.code().httpStatus()))
            .body(bytes(ProblemBody.of(problem)))
            .contentType(ProblemBody.MEDIA_TYPE);
    RateHeaders.retryAfter(response, problem);
    return problem.code().httpStatus() == HttpStatus.UNAUTHORIZED.getCode()
        ? response
            .header(HttpHeaders.WWW_AUTHENTICATE, BasicAuthentication.CHALLENGE)
            .header(HttpHeaders.WWW_AUTHENTICATE, BearerAuthentication.CHALLENGE)
        : response;
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
