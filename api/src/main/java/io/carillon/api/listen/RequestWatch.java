package io.carillon.api.listen;

import io.carillon.api.http.RequestId;
import io.carillon.api.http.Traced;
import io.carillon.core.metric.HttpCounters.Route;
import io.carillon.core.metric.Readings;
import io.carillon.core.span.Current;
import io.carillon.core.span.Span;
import io.carillon.core.span.Spans;
import io.carillon.core.span.Spans.Kind;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names a connection's requests, counts them and how long their answers take, and logs them where
 * that is asked for, whoever serves them. It stands in front of both ways, so it sees requests come
 * and answers leave in the same order. Confined to the connection's event loop.
 */
final class RequestWatch extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestWatch.class);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Watching watching;

  /** The request that is answered next, so that a connection without pipelining needs no queue. */
  private @Nullable Begun first;

  private final Queue<Begun> behind = new ArrayDeque<>(0);

  /**
   * A request that is not answered yet.
   *
   * @param what its method and path, for the log
   * @param span null where nothing is traced
   */
  private record Begun(Route route, String id, String what, long nanos, @Nullable Span span) {}

  RequestWatch(Watching watching) {
    this.watching = watching;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    // A pipelined request may be served later, out of this call: what it publishes has no parent.
    Span span = first == null || !behind.isEmpty() ? null : first.span();
    if (span == null) {
      context.fireChannelRead(message);
      return;
    }
    String before = Current.swap(span.traceparent());
    try {
      context.fireChannelRead(message);
    } finally {
      Current.swap(before);
    }
  }

  private void begin(HttpRequest request) {
    String uri = request.uri();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    String id = RequestId.of(request.headers().get(RequestId.HEADER));
    request.headers().set(RequestId.HEADER, id); // as whoever serves it is to call it
    Route route = Route.of(path, HttpMethod.POST.equals(request.method()));
    Begun begun =
        new Begun(
            route,
            id,
            watching.logs() ? request.method() + " " + path : "",
            System.nanoTime(),
            watching.spans() == Spans.NONE ? null : span(request, route));
    if (first == null) {
      first = begun;
    } else {
      behind.add(begun);
    }
  }

  /** The request goes on with it, as what serves it may be a part of it. */
  private Span span(HttpRequest request, Route route) {
    String name = "HTTP " + Readings.word(route);
    Span span = watching.spans().begin(name, Kind.SERVER, request.headers().get(Traced.HEADER));
    request.headers().set(Traced.HEADER, span.traceparent());
    span.set("http.request.method", request.method().name());
    return span;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      end(response);
    }
    context.write(message, promise);
  }

  private void end(HttpResponse response) {
    Begun ended = first;
    if (ended == null) {
      return;
    }
    first = behind.poll();
    response.headers().set(RequestId.HEADER, ended.id());
    int status = response.status().code();
    long took = System.nanoTime() - ended.nanos();
    watching.counters().answered(ended.route(), status, took);
    Span span = ended.span();
    if (span != null) {
      end(span, status);
    }
    if (watching.logs()) {
      LOG.atInfo()
          .addKeyValue(RequestId.FIELD, ended.id())
          .addKeyValue(Traced.FIELD, span == null ? null : span.traceId())
          .addKeyValue("status", status)
          .addKeyValue("millis", took / NANOS_PER_MILLI)
          .log(ended.what());
    }
  }

  private static void end(Span span, int status) {
    span.set("http.response.status_code", status);
    if (status >= 500) {
      span.failed("status " + status);
    }
    span.end();
  }

  /** Cut off before it was answered. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    for (Begun cut = first; cut != null; cut = behind.poll()) {
      Span span = cut.span();
      if (span != null) {
        span.failed("the connection was closed");
        span.end();
      }
    }
    first = null;
    context.fireChannelInactive();
  }
}
