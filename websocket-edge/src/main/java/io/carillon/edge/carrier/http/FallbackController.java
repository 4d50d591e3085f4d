package io.carillon.edge.carrier.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Client;
import io.carillon.edge.carrier.Clients;
import io.carillon.edge.protocol.ClientProtocol;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.ClientProtocol.Handshake;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * pusher-js' HTTP transports: a streaming or polling response for what the client receives, and
 * requests for what it sends. The first two path segments behind the key are the client's own.
 */
@Controller("/pusher/app/{key}/{server}/{session}")
@Consumes(MediaType.ALL)
@Produces(FallbackController.JAVASCRIPT)
final class FallbackController {
  static final String JAVASCRIPT = "application/javascript;charset=UTF-8";

  private static final JsonFactory JSON = new JsonFactory();
  private static final int SEGMENT_MAX = 64;

  private final FallbackSessions sessions;
  private final Clients clients;
  private final List<ClientProtocol> protocols;
  private final EventLoopGroup loops;

  FallbackController(
      FallbackSessions sessions,
      List<ClientProtocol> protocols,
      EventLoopGroupRegistry loops,
      Clients clients) {
    this.sessions = sessions;
    this.protocols = protocols;
    this.clients = clients;
    this.loops = loops.getDefaultEventLoopGroup();
  }

  @Post("/xhr_streaming")
  MutableHttpResponse<Publisher<byte[]>> stream(
      HttpRequest<?> request,
      @PathVariable String key,
      @PathVariable String server,
      @PathVariable String session) {
    FallbackSessions.Id id = new FallbackSessions.Id(key, server, session);
    Flux<byte[]> frames =
        Flux.create(
            sink -> {
              StreamReceiver receiver = new StreamReceiver(sink);
              sink.onRequest(count -> onLane(id, FallbackSession::drain));
              sink.onDispose(() -> onLane(id, found -> found.detach(receiver)));
              sessions.receive(id, loops.next(), () -> greeting(request, key), receiver);
            },
            FluxSink.OverflowStrategy.ERROR);
    return uncached(HttpResponse.<Publisher<byte[]>>ok(frames));
  }

  @Post("/xhr")
  CompletionStage<MutableHttpResponse<byte[]>> poll(
      HttpRequest<?> request,
      @PathVariable String key,
      @PathVariable String server,
      @PathVariable String session) {
    PollReceiver receiver = new PollReceiver();
    sessions.receive(
        new FallbackSessions.Id(key, server, session),
        loops.next(),
        () -> greeting(request, key),
        receiver);
    return receiver.answer().thenApply(frames -> uncached(HttpResponse.ok(frames)));
  }

  @Post("/xhr_send")
  HttpResponse<String> send(
      @PathVariable String key,
      @PathVariable String server,
      @PathVariable String session,
      @Body byte @Nullable [] body) {
    FallbackSession found = sessions.find(new FallbackSessions.Id(key, server, session));
    if (found == null) {
      return plain(HttpStatus.NOT_FOUND, "no such session; open one first\n");
    }
    try {
      List<byte[]> messages = body == null ? List.of() : messagesIn(body);
      found.lane().run(() -> found.received(messages));
      return uncached(HttpResponse.ok(""));
    } catch (IOException e) {
      return plain(HttpStatus.BAD_REQUEST, "not a JSON array of strings\n");
    }
  }

  private void onLane(FallbackSessions.Id id, Consumer<FallbackSession> action) {
    FallbackSession found = sessions.find(id);
    if (found != null) {
      found.lane().execute(() -> action.accept(found));
    }
  }

  private FallbackSessions.Hello greeting(HttpRequest<?> request, String key) {
    String path = "/app/" + (key.length() <= SEGMENT_MAX ? key : key.substring(0, SEGMENT_MAX));
    Map<String, List<String>> query = request.getParameters().asMap();
    for (ClientProtocol protocol : protocols) {
      if (protocol.owns(path)) {
        Clients.Request asks =
            new Clients.Request(query, request.getHeaders()::getAll, request.getRemoteAddress());
        Greeting greeting = protocol.greet(new Handshake(path, query));
        Problem tooMany = clients.refusal(asks);
        return new FallbackSessions.Hello(
            tooMany == null ? greeting : new Greeting.Refusal(tooMany, greeting.dialect(), null),
            clients.of(Client.Protocol.PUSHER_HTTP, asks));
      }
    }
    throw new IllegalStateException("no protocol owns " + path);
  }

  private static List<byte[]> messagesIn(byte[] body) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return messages;
      }
      if (token != JsonToken.START_ARRAY) {
        throw new IOException("not an array");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw new IOException("not a string");
        }
        messages.add(parser.getText().getBytes(StandardCharsets.UTF_8));
      }
    }
    return messages;
  }

  private static <T> MutableHttpResponse<T> uncached(MutableHttpResponse<T> response) {
    return response.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
  }

  private static HttpResponse<String> plain(HttpStatus status, String text) {
    return HttpResponse.status(status).contentType(MediaType.TEXT_PLAIN_TYPE).body(text);
  }
}
