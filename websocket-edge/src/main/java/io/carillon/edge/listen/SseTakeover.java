package io.carillon.edge.listen;

import io.carillon.core.Node;
import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.model.App;
import io.carillon.core.model.Client;
import io.carillon.core.model.KeyId;
import io.carillon.core.session.Arrival;
import io.carillon.edge.carrier.Clients;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.sse.SseCarriers;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.ProblemJson;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.carillon.edge.protocol.carillon.Wishes;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams of events (section 13 of the protocol). What a browser could repeat in vain is
 * refused with a status, which ends its EventSource; what may go away is said in the stream, so
 * that it comes back. Stateless.
 */
@Singleton
final class SseTakeover implements Takeover {
  private static final String PATH = "/v1/sse";
  private static final long SECOND_MILLIS = 1_000;

  private final CarillonHttp http;
  private final SseCarriers carriers;
  private final EdgeSettings settings;
  private final Node node;
  private final Clients clients;

  SseTakeover(
      CarillonHttp http, SseCarriers carriers, EdgeSettings settings, Node node, Clients clients) {
    this.http = http;
    this.carriers = carriers;
    this.settings = settings;
    this.node = node;
    this.clients = clients;
  }

  @Override
  public @Nullable Plan plan(HttpRequest request, @Nullable SocketAddress peer) {
    QueryStringDecoder uri = Takeover.target(request);
    if (!uri.path().equals(PATH)) {
      return null;
    }
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !settings.allowsOrigin(origin)) {
      return new Plan.Refuse("403 Forbidden", Map.of());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-cache, no-transform");
    if (origin != null) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Vary", "Origin");
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      headers.put("Access-Control-Allow-Methods", "GET");
      headers.put("Access-Control-Allow-Headers", "authorization, cache-control, last-event-id");
      headers.put("Access-Control-Max-Age", "1800");
      return new Plan.Answer("200 OK", headers, "");
    }
    return request.method().equals(HttpMethod.GET)
        ? open(new Call(request, uri.parameters(), peer), headers)
        : new Plan.Refuse("405 Method Not Allowed", Map.of("Allow", "GET, OPTIONS"));
  }

  private record Call(
      HttpRequest request, Map<String, List<String>> query, @Nullable SocketAddress peer) {
    Clients.Request asks() {
      return new Clients.Request(query, request.headers()::getAll, peer);
    }
  }

  private Plan open(Call call, Map<String, String> headers) {
    HttpRequest request = call.request();
    Map<String, List<String>> query = call.query();
    Problem tooMany = clients.refusal(call.asks());
    if (tooMany != null) {
      headers.put(
          "Retry-After", String.valueOf(Math.ceilDiv(tooMany.afterMillis(), SECOND_MILLIS)));
      return refusal(tooMany, headers);
    }
    Wishes read = Wishes.read(query, request.headers().get("Last-Event-ID"));
    if (read instanceof Wishes.Refused(var problem)) {
      return refusal(problem, headers);
    }
    // after what may be wrong with the rest, since a ticket is taken by it
    Greeting greeting = http.greet(request.headers().get(HttpHeaderNames.AUTHORIZATION), query);
    return switch (greeting) {
      case Greeting.Awaited awaited -> throw new IllegalStateException("an URL says all");
      case Greeting.Refusal(var problem, var dialect, var named) -> {
        node.refused(RefusalLog.CONNECT, named, problem);
        yield refusal(problem, headers);
      }
      case Greeting.Welcome welcome -> {
        Arrival by = clients.of(Client.Protocol.SSE, call.asks());
        Problem problem = problemWith(welcome.key(), by.origin());
        yield problem != null
            ? refusal(problem, headers)
            : take(
                call.request(),
                new SseCarriers.Asked(welcome, ((Wishes.Valid) read).all(), by),
                headers);
      }
    };
  }

  private @Nullable Problem problemWith(KeyId key, @Nullable String origin) {
    App app = node.directory().appOfKey(key);
    Problem problem =
        app == null
            ? Problem.of(ErrorCode.APP_UNKNOWN, key.value())
            : Authorizer.refusalToConnect(app, origin);
    if (problem != null) {
      node.refused(RefusalLog.CONNECT, key, problem);
    }
    return problem;
  }

  private Plan take(HttpRequest request, SseCarriers.Asked asked, Map<String, String> headers) {
    boolean chunks = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    headers.put("Content-Type", "text/event-stream;charset=utf-8");
    headers.put("X-Accel-Buffering", "no");
    headers.put("Connection", "close");
    if (chunks) {
      headers.put("Transfer-Encoding", "chunked");
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return new Plan.Take(head.append("\r\n").toString(), carriers.carrier(asked, chunks));
  }

  private static Plan refusal(Problem problem, Map<String, String> headers) {
    headers.put("Content-Type", ProblemJson.MEDIA_TYPE);
    if (problem.code().httpStatus() == 401) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    String status = HttpResponseStatus.valueOf(problem.code().httpStatus()).toString();
    return new Plan.Answer(
        status, headers, new String(ProblemJson.of(problem), StandardCharsets.UTF_8));
  }
}
