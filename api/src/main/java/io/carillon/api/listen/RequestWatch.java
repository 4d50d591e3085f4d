package io.carillon.api.listen;

import io.carillon.core.metric.HttpCounters;
import io.carillon.core.metric.HttpCounters.Route;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection's requests and how long their answers take, whoever serves them. It stands in
 * front of both ways, so it sees requests come and answers leave in the same order. Confined to the
 * connection's event loop.
 */
final class RequestWatch extends ChannelDuplexHandler {
  private final HttpCounters counters;

  /** The request that is answered next, so that a connection without pipelining needs no queue. */
  private @Nullable Begun first;

  private final Queue<Begun> behind = new ArrayDeque<>(0);

  private record Begun(Route route, long nanos) {}

  RequestWatch(HttpCounters counters) {
    this.counters = counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    context.fireChannelRead(message);
  }

  private void begin(HttpRequest request) {
    String uri = request.uri();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    Begun begun =
        new Begun(Route.of(path, HttpMethod.POST.equals(request.method())), System.nanoTime());
    if (first == null) {
      first = begun;
    } else {
      behind.add(begun);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      end(response.status().code());
    }
    context.write(message, promise);
  }

  private void end(int status) {
    Begun ended = first;
    if (ended != null) {
      first = behind.poll();
      counters.answered(ended.route(), status, System.nanoTime() - ended.nanos());
    }
  }
}
