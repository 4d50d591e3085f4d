package io.carillon.edge.carrier.poll;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Client;
import io.carillon.core.session.Arrival;
import io.carillon.edge.carrier.Clients;
import io.carillon.edge.carrier.follow.Answers;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.carillon.edge.protocol.carillon.Wishes;
import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Long-polling (13.7). Thread-safe. */
@Controller("/v1/poll")
final class PollController {
  private static final int WAIT_DEFAULT_SECONDS = 25;
  private static final int WAIT_MAX_SECONDS = 60;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,2}");

  private final CarillonHttp http;
  private final Polls polls;
  private final Clients clients;

  PollController(CarillonHttp http, Polls polls, Clients clients) {
    this.http = http;
    this.clients = clients;
    this.polls = polls;
  }

  @Get
  @SingleResult
  Publisher<HttpResponse<?>> poll(HttpRequest<?> request) {
    Map<String, List<String>> query = request.getParameters().asMap();
    Problem tooMany = clients.refusal(asks(request, query));
    if (tooMany != null) {
      return refused(tooMany);
    }
    Duration wait = wait(query.getOrDefault("wait", List.of()));
    if (wait == null) {
      return refused(
          Problem.of(ErrorCode.BAD_REQUEST, "wait (expected: 1 to " + WAIT_MAX_SECONDS + ")"));
    }
    return switch (Wishes.read(query, null)) {
      case Wishes.Refused(var problem) -> refused(problem);
      case Wishes.Valid valid when valid.all().isEmpty() ->
          refused(Problem.of(ErrorCode.BAD_REQUEST, "ch (expected: a channel, or a cursor)"));
      case Wishes.Valid valid -> {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        yield switch (http.greet(authorization, query)) {
          case Greeting.Refusal(var problem, var dialect, var named) -> {
            polls.refused(named, problem);
            yield refused(problem);
          }
          case Greeting.Awaited awaited -> throw new IllegalStateException("an URL says all");
          case Greeting.Welcome welcome ->
              Flux.create(
                  sink ->
                      begin(
                          channelOf(request),
                          new Polls.Question(welcome, valid, wait, arrival(request, query)),
                          sink));
        };
      }
    };
  }

  private Arrival arrival(HttpRequest<?> request, Map<String, List<String>> query) {
    return clients.of(Client.Protocol.POLL, asks(request, query));
  }

  private static Clients.Request asks(HttpRequest<?> request, Map<String, List<String>> query) {
    return new Clients.Request(query, request.getHeaders()::getAll, request.getRemoteAddress());
  }

  private void begin(Channel channel, Polls.Question question, FluxSink<HttpResponse<?>> sink) {
    Runnable gone =
        polls.begin(
            channel.eventLoop(),
            question,
            new Polls.Waiter() {
              @Override
              public void answered(byte[] body) {
                answer(sink, Answers.json(body));
              }

              @Override
              public void refused(Problem problem) {
                answer(sink, Answers.refusal(problem));
              }
            });
    // nobody else says that the client has gone, before there is an answer to write
    ChannelFutureListener closed = future -> gone.run();
    channel.closeFuture().addListener(closed);
    sink.onDispose(() -> channel.closeFuture().removeListener(closed));
  }

  /** The connection that the request came by. */
  private static Channel channelOf(HttpRequest<?> request) {
    if (request instanceof NettyHttpRequest<?> own) {
      return own.getChannelHandlerContext().channel();
    }
    throw new IllegalStateException(request.getClass() + " (expected: the server's own request)");
  }

  private static void answer(FluxSink<HttpResponse<?>> sink, HttpResponse<?> response) {
    sink.next(response);
    sink.complete();
  }

  private static Publisher<HttpResponse<?>> refused(Problem problem) {
    return Flux.just(Answers.refusal(problem));
  }

  private static @Nullable Duration wait(List<String> values) {
    if (values.isEmpty()) {
      return Duration.ofSeconds(WAIT_DEFAULT_SECONDS);
    }
    String text = values.getFirst();
    int seconds = SECONDS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    return seconds < 1 || seconds > WAIT_MAX_SECONDS ? null : Duration.ofSeconds(seconds);
  }
}
