package io.carillon.edge.listen;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the gate into each HTTP/1.1 connection of the server:
 *
 * <pre>
 * [ssl] → http-server-codec → edge-gate → Micronaut's handlers
 * [ssl] → carrier                           once a request took over
 * </pre>
 */
public final class EdgePipeline implements NettyServerCustomizer {
  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

  /** Beyond this the socket's own buffer counts as full, and the outbox queues. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final List<Takeover> takeovers;
  private final @Nullable Channel channel;

  EdgePipeline(List<Takeover> takeovers, @Nullable Channel channel) {
    this.takeovers = takeovers;
    this.channel = channel;
  }

  /** For a process without sockets, which refuses what is no request by its form all the same. */
  public static NettyServerCustomizer withoutSockets() {
    return new EdgePipeline(List.of(), null);
  }

  @Override
  public NettyServerCustomizer specializeForChannel(Channel accepted, ChannelRole role) {
    return new EdgePipeline(takeovers, accepted);
  }

  @Override
  public void onStreamPipelineBuilt() {
    if (channel != null && channel.pipeline().context(CODEC) != null) {
      channel.config().setWriteBufferWaterMark(WATER_MARK);
      channel.pipeline().addAfter(CODEC, "edge-gate", new EdgeGate(takeovers, CODEC));
    }
  }
}
