package io.carillon.standalone.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time is the channel's own, and stands still but where it is moved. */
class ConnectionGuardTest {
  private static final String HEAD = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";

  private final Reads reads = new Reads();
  private final EmbeddedChannel channel = channel();

  /** Whether what is in front of the guard is asked to read. */
  private static final class Reads extends ChannelDuplexHandler {
    private int asked;

    @Override
    public void read(ChannelHandlerContext context) {
      asked++;
      context.read();
    }
  }

  private EmbeddedChannel channel() {
    EmbeddedChannel opened = new EmbeddedChannel();
    opened.freezeTime();
    opened.pipeline().addLast(reads, new HttpServerCodec(), new ConnectionGuard());
    return opened;
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    channel.flushInbound();
  }

  private void answer() {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
  }

  private boolean isOpenAfter(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    return channel.isActive();
  }

  @Test
  void whoSaysNothingIsCut() {
    assertThat(isOpenAfter(ConnectionGuard.HEAD_SECONDS - 1)).isTrue();
    assertThat(isOpenAfter(1)).isFalse();
  }

  /** Slowloris: each byte is a sign of life, and the head never comes whole. */
  @Test
  void aHeadThatDripsIsCut() {
    send("GET / HTTP/1.1\r\n");
    assertThat(isOpenAfter(ConnectionGuard.HEAD_SECONDS - 1)).isTrue();
    send("X-A: b\r\n");
    assertThat(isOpenAfter(1)).isFalse();
  }

  /** A first request that was fine buys no time for the second one. */
  @Test
  void aSecondHeadThatDripsIsCut() {
    send(HEAD + "{}");
    answer();
    assertThat(isOpenAfter(10 * ConnectionGuard.HEAD_SECONDS)).as("idle, as pools are").isTrue();
    send("GET / HTTP/1.1\r\n");
    assertThat(isOpenAfter(ConnectionGuard.HEAD_SECONDS - 1)).isTrue();
    send("X-A: b\r\n");
    assertThat(isOpenAfter(1)).isFalse();
  }

  @Test
  void aBodyThatDripsIsCut() {
    send(HEAD + "{");
    assertThat(isOpenAfter(ConnectionGuard.BODY_SECONDS - 1)).isTrue();
    assertThat(isOpenAfter(1)).isFalse();
  }

  @Test
  void anAnswerMayTakeItsTime() {
    send(HEAD + "{}");
    assertThat(isOpenAfter(10 * ConnectionGuard.BODY_SECONDS)).isTrue();
    answer();
    assertThat(isOpenAfter(10 * ConnectionGuard.BODY_SECONDS)).isTrue();
  }

  /**
   * Requests without end of a client that reads no answer filled the memory for sockets' buffers
   * with answers, and every event loop waited for more of it.
   */
  @Test
  void whoDoesNotReadIsNotRead() {
    channel.config().setAutoRead(false);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    int before = reads.asked;
    channel.read();
    assertThat(reads.asked).isEqualTo(before);

    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(reads.asked).isEqualTo(before + 1);
  }

  @Test
  void theEldestGoesWhenThereAreTooMany() {
    IdleConnections idle = new IdleConnections(2);
    List<EmbeddedChannel> channels = new ArrayList<>();
    List<IdleConnections.Place> places = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      EmbeddedChannel opened = new EmbeddedChannel();
      channels.add(opened);
      IdleConnections.Place place = idle.add(opened);
      places.add(place);
      opened.closeFuture().addListener(closed -> idle.remove(place));
      if (i == 0) {
        idle.remove(places.getFirst()); // has sent its request
      }
    }
    assertThat(channels.stream().map(EmbeddedChannel::isActive))
        .containsExactly(true, false, true, true);
    assertThat(idle.size()).isEqualTo(2);
  }
}
