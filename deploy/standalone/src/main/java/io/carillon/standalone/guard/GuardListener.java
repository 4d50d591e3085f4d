package io.carillon.standalone.guard;

import io.carillon.edge.listen.EdgePipeline;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Puts the guard right behind the HTTP codec of each connection of the server, whatever its roles
 * are, and the edge's gate where the edge does not do that itself. Thread-safe.
 */
@Singleton
final class GuardListener implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

  private final boolean hasSockets;

  GuardListener(@Value("${carillon.role.edge:true}") boolean hasSockets) {
    this.hasSockets = hasSockets;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    if (!hasSockets) {
      event.getBean().register(EdgePipeline.withoutSockets());
    }
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  /** Of the server when it has no channel, of a connection when it has one. */
  private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel accepted, ChannelRole role) {
      return new Customizer(accepted);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null && channel.pipeline().context(CODEC) != null) {
        channel.pipeline().addAfter(CODEC, "guard", new ConnectionGuard());
      }
    }
  }
}
