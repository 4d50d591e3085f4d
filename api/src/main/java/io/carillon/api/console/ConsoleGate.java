package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.EngineDeadline;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.JsonReplies;
import io.carillon.api.http.PercentCoded;
import io.carillon.api.http.QueryParameters;
import io.carillon.api.http.Reply;
import io.carillon.api.http.Stages;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Membership;
import io.carillon.core.account.PersonalTokens;
import io.carillon.core.account.Right;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in and out of every call of the console: where it comes from, who is signed in, whether
 * the member may; and answers JSON or a problem. What lies behind it blocks, on a virtual thread.
 * Thread-safe.
 */
@Singleton
final class ConsoleGate {
  /** Secrets are shown here once. */
  private static final String NOT_KEPT = "no-store";

  private static final String CSV = "text/csv; charset=utf-8";

  private final SignIn signIn;
  private final PersonalTokens tokens;
  private final SameOrigin sameOrigin;
  private final ClientAddress addresses;
  private final JsonReplies replies;

  ConsoleGate(
      SignIn signIn,
      PersonalTokens tokens,
      SameOrigin sameOrigin,
      ClientAddress addresses,
      JsonReplies replies) {
    this.signIn = signIn;
    this.tokens = tokens;
    this.sameOrigin = sameOrigin;
    this.addresses = addresses;
    this.replies = replies;
  }

  /** What anyone may ask; it blocks. */
  interface Work extends Function<ConsoleCall, Checked<ConsoleAnswer>> {}

  /** What somebody who is signed in may ask; it blocks. */
  interface VisitorWork {
    Checked<ConsoleAnswer> apply(ConsoleCall call, Visitor visitor);
  }

  /** What a member of the tenant in the path may ask; it blocks. */
  interface MemberWork {
    Checked<ConsoleAnswer> apply(ConsoleCall call, Acting by);
  }

  CompletionStage<HttpResponse<?>> anyone(HttpRequest<?> request, Work work) {
    return answer(request, Set.of(), work);
  }

  /** What somebody who has signed in may ask of their own account; no access token may. */
  CompletionStage<HttpResponse<?>> visitor(HttpRequest<?> request, VisitorWork work) {
    return answer(
        request,
        Set.of(),
        call ->
            visitor(request)
                .then(ConsoleGate::signedIn)
                .then(visitor -> work.apply(call, visitor)));
  }

  /** As {@link #visitor}, also with an access token. */
  CompletionStage<HttpResponse<?>> visitorOrToken(HttpRequest<?> request, VisitorWork work) {
    return answer(
        request, Set.of(), call -> visitor(request).then(visitor -> work.apply(call, visitor)));
  }

  private static Checked<Visitor> signedIn(Visitor visitor) {
    return visitor.token() == null
        ? Checked.valid(visitor)
        : Checked.refused(
            ErrorCode.ACCESS_TOKEN_DENIED, "what is about the account (expected: a session)");
  }

  CompletionStage<HttpResponse<?>> member(HttpRequest<?> request, Right right, MemberWork work) {
    return member(request, Set.of(), right, work);
  }

  /**
   * A member's call, whose query may have parameters.
   *
   * @param parameters the names of those
   */
  CompletionStage<HttpResponse<?>> member(
      HttpRequest<?> request, Set<String> parameters, Right right, MemberWork work) {
    return answer(
        request,
        parameters,
        call ->
            visitor(request)
                .then(visitor -> acting(call, visitor))
                .then(by -> allowed(by, right))
                .then(by -> work.apply(call, by)));
  }

  private Checked<Visitor> visitor(HttpRequest<?> request) {
    String token = AccessTokenFetcher.shown(request);
    if (token != null) {
      return ConsoleAnswer.checked(tokens.visitor(token));
    }
    SessionId session =
        request.getUserPrincipal(Authentication.class).map(SessionCookie::session).orElse(null);
    Visitor visitor = session == null ? null : signIn.visitor(session);
    return visitor == null
        ? Checked.refused(Problem.of(ErrorCode.SESSION_MISSING))
        : Checked.valid(visitor);
  }

  /** A tenant of others is as unknown as one that is not there. */
  private static Checked<Acting> acting(ConsoleCall call, Visitor visitor) {
    for (Membership membership : visitor.memberships()) {
      if (membership.tenant().toString().equals(call.tenant())) {
        return Checked.valid(
            new Acting(visitor.account(), membership, call.from(), visitor.token()));
      }
    }
    return Checked.refused(Problem.of(ErrorCode.TENANT_UNKNOWN));
  }

  private static Checked<Acting> allowed(Acting by, Right right) {
    return by.may(right)
        ? Checked.valid(by)
        : Checked.refused(
            ErrorCode.ROLE_DENIED,
            by.membership().role().word() + " (expected: at least " + right.least().word() + ")");
  }

  private CompletionStage<HttpResponse<?>> answer(
      HttpRequest<?> request, Set<String> parameters, Work work) {
    Inbound inbound = Inbound.of(request);
    CompletionStage<Checked<ConsoleAnswer>> answer =
        Stages.answerChecked(
            call(request, inbound, parameters), call -> Stages.blocking(() -> work.apply(call)));
    return EngineDeadline.within(inbound, answer).thenApply(this::response);
  }

  private Checked<ConsoleCall> call(
      HttpRequest<?> request, Inbound inbound, Set<String> parameters) {
    Problem foreign = foreign(request);
    if (foreign != null) {
      return Checked.refused(foreign);
    }
    return PercentCoded.segments(inbound.path())
        .then(
            path ->
                QueryParameters.of(inbound.query(), PercentCoded.Plus.SPACE)
                    .then(all -> all.onlyOf(parameters))
                    .then(
                        known ->
                            Checked.valid(
                                new ConsoleCall(
                                    path, known, inbound.body(), addresses.of(request)))));
  }

  /**
   * A browser's way that leads elsewhere, whatever becomes of it. Others add parameters to it. What
   * it waits for has bounds of its own.
   */
  CompletionStage<HttpResponse<?>> led(
      HttpRequest<?> request,
      Function<ConsoleCall, Checked<Led>> work,
      Function<Problem, Led> otherwise) {
    Inbound inbound = Inbound.of(request);
    return Stages.answerChecked(
            query(inbound),
            query ->
                Stages.blocking(
                    () ->
                        work.apply(
                            new ConsoleCall(
                                List.of(), query, inbound.body(), addresses.of(request)))))
        .thenApply(
            result ->
                switch (result) {
                  case Checked.Refused<Led>(var problem) -> leading(otherwise.apply(problem));
                  case Checked.Valid<Led>(var led) -> leading(led);
                });
  }

  private static Checked<QueryParameters> query(Inbound inbound) {
    return QueryParameters.of(inbound.query(), PercentCoded.Plus.SPACE);
  }

  private static HttpResponse<?> leading(Led led) {
    MutableHttpResponse<?> response =
        HttpResponse.status(HttpStatus.SEE_OTHER)
            .header(HttpHeaders.LOCATION, led.to())
            .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    led.cookies().forEach(response::cookie);
    return response;
  }

  /** No page of another site can send a token, so only what a browser adds by itself is asked. */
  private @Nullable Problem foreign(HttpRequest<?> request) {
    if (AccessTokenFetcher.shown(request) == null) {
      return sameOrigin.refusal(request);
    }
    return request.getCookies().findCookie(SessionCookie.NAME).isEmpty()
        ? null
        : Problem.of(
            ErrorCode.BAD_REQUEST, "a session and an access token (expected: one of them)");
  }

  private HttpResponse<?> response(Checked<ConsoleAnswer> result) {
    return switch (result) {
      case Checked.Refused<ConsoleAnswer>(var problem) -> refusal(problem);
      case Checked.Valid<ConsoleAnswer>(var answer) -> answered(answer);
    };
  }

  private HttpResponse<?> answered(ConsoleAnswer answer) {
    if (answer.body() instanceof ConsoleAnswer.Csv(var name, var text)) {
      return HttpResponse.status(answer.status())
          .body(text.getBytes(StandardCharsets.UTF_8))
          .contentType(CSV)
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
          .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    }
    MutableHttpResponse<?> response =
        HttpResponse.status(answer.status())
            .body(replies.bytes(answer.body()))
            .contentType(MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    return answer.cookie() == null ? response : response.cookie(answer.cookie());
  }

  HttpResponse<?> refusal(Problem problem) {
    Reply reply = replies.problem(problem);
    reply.headers().add(new Reply.Header(HttpHeaders.CACHE_CONTROL, NOT_KEPT));
    return reply.response();
  }
}
