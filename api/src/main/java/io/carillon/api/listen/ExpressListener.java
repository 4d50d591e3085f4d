package io.carillon.api.listen;

import io.carillon.api.http.ExpressRoute;
import io.carillon.core.metric.HttpCounters;
import io.carillon.core.span.Spans;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the express way into each HTTP/1.1 connection of the server, right before Micronaut's own
 * handler. Thread-safe.
 */
@Singleton
final class ExpressListener implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String FRAMEWORK = ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND;
  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

  private final BeanProvider<ExpressRoute> routes;
  private final BeanProvider<HttpServerConfiguration> server;
  private final Watching watching;

  ExpressListener(
      BeanProvider<ExpressRoute> routes,
      BeanProvider<HttpServerConfiguration> server,
      HttpCounters counters,
      @Value("${carillon.access-log:false}") boolean logs,
      @Nullable Spans spans) {
    this.watching = new Watching(counters, logs, spans == null ? Spans.NONE : spans);
    this.routes = routes;
    this.server = server;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    List<ExpressRoute> all = routes.stream().toList();
    int bodyMax = (int) Math.min(server.get().getMaxRequestSize(), Integer.MAX_VALUE);
    event.getBean().register(new Customizer(new ExpressRoutes(all, bodyMax), watching, null));
    return event.getBean();
  }

  /** Of the server when it has no channel, of a connection when it has one. */
  private record Customizer(ExpressRoutes routes, Watching watching, @Nullable Channel channel)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel accepted, ChannelRole role) {
      return new Customizer(routes, watching, accepted);
    }

    @Override
    public void onStreamPipelineBuilt() {
      // the codec is there on HTTP/1.1 only
      if (channel != null
          && channel.pipeline().context(CODEC) != null
          && channel.pipeline().context(FRAMEWORK) != null) {
        channel
            .pipeline()
            .addBefore(FRAMEWORK, "watch", new RequestWatch(watching))
            .addBefore(FRAMEWORK, "express", new ExpressWay(routes));
      }
    }
  }
}
