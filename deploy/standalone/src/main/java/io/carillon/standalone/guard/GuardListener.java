package io.carillon.standalone.guard;

import io.carillon.edge.listen.EdgePipeline;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Puts the guard right behind the HTTP codec of each connection of the server, whatever its roles
 * are, and the edge's gate where the edge does not do that itself; and has connections come by
 * turns. Thread-safe.
 */
@Singleton
final class GuardListener implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

  /**
   * A connection is heard for one read of so many bytes at most before the others of its event loop
   * have theirs. By Netty's default it is a megabyte: 16 reads of 64 KiB.
   */
  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator(64, 2 * 1024, 16 * 1024).maxMessagesPerRead(1);

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
    public NettyServerCustomizer specializeForChannel(Channel specific, ChannelRole role) {
      if (role == ChannelRole.CONNECTION) {
        specific.config().setRecvByteBufAllocator(READS);
      } else if (specific instanceof ServerChannel) {
        specific.pipeline().addFirst("turns", new AcceptTurns());
      }
      return new Customizer(specific);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null && channel.pipeline().context(CODEC) != null) {
        channel.pipeline().addAfter(CODEC, "guard", new ConnectionGuard());
      }
    }
  }
}
