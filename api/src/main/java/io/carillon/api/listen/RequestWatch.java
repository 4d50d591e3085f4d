package io.carillon.api.listen;

import io.carillon.api.http.RequestId;
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

  private final HttpCounters counters;
  private final boolean logs;

  /** The request that is answered next, so that a connection without pipelining needs no queue. */
  private @Nullable Begun first;

  private final Queue<Begun> behind = new ArrayDeque<>(0);

  /**
   * A request that is not answered yet.
   *
   * @param what its method and path, for the log
   */
  private record Begun(Route route, String id, String what, long nanos) {}

  /**
   * For one connection.
   *
   * @param logs whether each request is logged
   */
  RequestWatch(HttpCounters counters, boolean logs) {
    this.counters = counters;
    this.logs = logs;
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
    String id = RequestId.of(request.headers().get(RequestId.HEADER));
    request.headers().set(RequestId.HEADER, id); // as whoever serves it is to call it
    Begun begun =
        new Begun(
            Route.of(path, HttpMethod.POST.equals(request.method())),
            id,
            logs ? request.method() + " " + path : "",
            System.nanoTime());
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
    counters.answered(ended.route(), status, took);
    if (logs) {
      LOG.atInfo()
          .addKeyValue(RequestId.FIELD, ended.id())
          .addKeyValue("status", status)
          .addKeyValue("millis", took / NANOS_PER_MILLI)
          .log(ended.what());
    }
  }
}
