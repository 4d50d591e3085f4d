package io.carillon.api.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.http.ExpressRoute;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressWayTest {
  private static final int BODY_MAX = 100_000;

  /** The codec takes no more than 128. */
  private static final int PIPELINED = 120;

  private final Route route = new Route();
  private final Framework framework = new Framework();
  private final Reads reads = new Reads();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          reads,
          new HttpServerCodec(),
          new ExpressWay(new ExpressRoutes(List.of(route), BODY_MAX)),
          framework);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aPlainRequestIsServedPastTheFramework() {
    send(express("/x?a=b", "hello"));

    assertThat(route.served).hasSize(1);
    Inbound request = route.served.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/x");
    assertThat(request.query()).isEqualTo("a=b");
    assertThat(request.headers().first("X-Test")).isEqualTo("1");
    assertThat(request.body().asText()).isEqualTo("hello");
    assertThat(framework.requests).isEmpty();
    assertThat(written())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("content-type: text/plain\r\n", "content-length: 5\r\n", "date: ")
        .endsWith("\r\n\r\nhello");
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void aBodyMayComeInPieces() {
    String request = express("/x", "0123456789".repeat(4_000));
    for (int i = 0; i < request.length(); i += 999) {
      send(request.substring(i, Math.min(request.length(), i + 999)));
    }

    assertThat(route.served).singleElement().extracting(it -> it.body().size()).isEqualTo(40_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /x HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}",
        "POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\nOrigin: http://a.b\r\nContent-Length: 2\r\n\r\n{}",
        "POST /x HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nContent-Length: 2\r\n\r\n{}",
        "POST /x?a=^ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST //x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
      })
  void whatIsUnusualIsTheFrameworks(String request) {
    send(request);

    assertThat(framework.requests).hasSize(1);
    assertThat(route.served).isEmpty();
  }

  @Test
  void answersLeaveInTheOrderOfTheirRequests() {
    send(express("/x", "1") + plain("/2") + express("/x", "3") + plain("/4") + express("/x", "5"));

    // the third one had to wait for the second, and so went to the framework as well
    assertThat(framework.requests).containsExactly("/2", "/x", "/4", "/x");
    assertThat(written()).contains("201 Created");
    for (int i = 0; i < 4; i++) {
      framework.answer(channel.pipeline().lastContext());
    }
    send(express("/x", "6"));
    assertThat(route.served).extracting(it -> it.body().asText()).containsExactly("1", "6");
  }

  @Test
  void whatComesBehindASlowAnswerWaitsForIt() {
    CompletableFuture<Reply> later = route.answersLater();
    send(express("/x", "1") + plain("/2") + express("/x", "3"));

    assertThat(route.served).hasSize(1);
    assertThat(framework.requests).isEmpty();
    int before = reads.count;
    channel.pipeline().lastContext().read();
    assertThat(reads.count).as("nothing more is read meanwhile").isEqualTo(before);

    later.complete(Route.reply("1"));
    settle();
    assertThat(written()).endsWith("\r\n\r\n1");
    assertThat(framework.requests).containsExactly("/2", "/x");
    assertThat(reads.count).as("what was asked for meanwhile is read now").isEqualTo(before + 1);
  }

  @Test
  void manyRequestsInOneReadAreAnsweredInOrder() {
    StringBuilder all = new StringBuilder();
    StringBuilder bodies = new StringBuilder();
    for (int i = 0; i < PIPELINED; i++) {
      all.append(express("/x", String.valueOf(i)));
      bodies.append(i);
    }
    CompletableFuture<Reply> later = route.answersLater();
    send(all.toString());
    later.complete(Route.reply("0"));
    route.later = null;
    settle();

    assertThat(written().replaceAll("(?s)HTTP/1.1.*?\r\n\r\n", "")).isEqualTo(bodies.toString());
  }

  /** Fifty connections with a megabyte of requests each made everybody else wait for 700 ms. */
  @Test
  void manyRequestsOfOneReadAreServedByTurns() {
    int turn = ExpressWay.TURN_REQUESTS;
    arrive(express("/x", "1").repeat(3 * turn));
    assertThat(route.served).hasSize(turn);
    int before = reads.count;
    channel.pipeline().lastContext().read();
    assertThat(reads.count).as("nothing more is read meanwhile").isEqualTo(before);

    channel.pipeline().fireChannelReadComplete();
    settle();
    assertThat(reads.servedAtFlush)
        .as("each turn is a task that ends with its answers on their way")
        .containsExactly(turn, 2 * turn, 3 * turn);
    assertThat(written().split("201 Created", -1)).hasSize(3 * turn + 1);
    assertThat(reads.count).as("what was asked for meanwhile is read now").isGreaterThan(before);
  }

  @Test
  void theFrameworkHasOneOfThemAtATime() {
    arrive(plain("/1") + plain("/2") + express("/x", "3"));
    assertThat(framework.requests).containsExactly("/1");
    framework.answer(channel.pipeline().lastContext());
    channel.pipeline().fireChannelReadComplete();
    settle();

    assertThat(framework.requests).containsExactly("/1", "/2", "/x");
  }

  @Test
  void whoDoesNotReadHasNoTurn() {
    int turn = ExpressWay.TURN_REQUESTS;
    arrive(express("/x", "1").repeat(3 * turn));
    writable(false);
    channel.pipeline().fireChannelReadComplete();
    settle();
    assertThat(route.served).hasSize(turn);

    writable(true);
    settle();
    assertThat(route.served).hasSize(3 * turn);
  }

  private void writable(boolean is) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, is);
    settle();
  }

  /** One read, of which the end is not told yet. */
  private void arrive(String text) {
    channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aServerThatStopsAnswersWhatItHasBegun() {
    CompletableFuture<Reply> later = route.answersLater();
    send(express("/x", "1"));
    channel.pipeline().lastContext().close();
    assertThat(channel.isActive()).isTrue();

    later.complete(Route.reply("1"));
    settle();
    assertThat(written()).contains("connection: close").endsWith("\r\n\r\n1");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aClientThatSaysSoIsSentAwayAfterTheAnswer() {
    send(
        "POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1"
            + express("/x", "2"));

    assertThat(written()).contains("connection: close").endsWith("\r\n\r\n1");
    assertThat(channel.isActive()).isFalse();
    assertThat(route.served).hasSize(1);
  }

  @Test
  void aRouteThatBreaksIs500() {
    route.breaks = true;
    send(express("/x", "1"));

    assertThat(written()).startsWith("HTTP/1.1 500 ").doesNotContain("Exception");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void anAnswerToWhoHasGoneIsDropped() {
    CompletableFuture<Reply> later = route.answersLater();
    send(express("/x", "1") + express("/x", "2"));
    channel.close();
    settle();
    later.complete(Route.reply("1"));
    settle();

    assertThat(route.served).hasSize(1);
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    settle();
  }

  private static String express(String uri, String body) {
    return "POST "
        + uri
        + " HTTP/1.1\r\nHost: x\r\nX-Test: 1\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String plain(String uri) {
    return "GET " + uri + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** Until all turns were taken, which are scheduled one by the other. */
  private void settle() {
    do {
      channel.runPendingTasks();
    } while (channel.runScheduledPendingTasks() >= 0);
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(((ByteBuf) out).toString(StandardCharsets.UTF_8));
      ReferenceCountUtil.release(out);
    }
    return text.toString();
  }

  /** Answers with the body that it was sent. */
  private static final class Route implements ExpressRoute {
    private final List<Inbound> served = new ArrayList<>();
    private @Nullable CompletableFuture<Reply> later;
    private boolean breaks;

    @Override
    public boolean takes(String path, String contentType) {
      return path.equals("/x");
    }

    @Override
    public CompletionStage<Reply> serve(Inbound request) {
      served.add(request);
      if (breaks) {
        throw new IllegalStateException("broken");
      }
      return later == null
          ? CompletableFuture.completedFuture(reply(request.body().asText()))
          : later;
    }

    CompletableFuture<Reply> answersLater() {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      later = reply;
      return reply;
    }

    static Reply reply(String text) {
      return new Reply(201, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Takes requests as Micronaut's handler does, and answers when it is told to. */
  private static final class Framework extends ChannelInboundHandlerAdapter {
    private final List<String> requests = new ArrayList<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        requests.add(request.uri());
      }
      ReferenceCountUtil.release(message);
    }

    void answer(ChannelHandlerContext context) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      response.headers().set("content-length", 0);
      context.writeAndFlush(response);
    }
  }

  /** Counts how often more was asked for, and what was served when answers were sent. */
  private final class Reads extends ChannelOutboundHandlerAdapter {
    private final List<Integer> servedAtFlush = new ArrayList<>();
    private int count;

    @Override
    public void flush(ChannelHandlerContext context) {
      servedAtFlush.add(route.served.size());
      context.flush();
    }

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
      context.read();
    }
  }
}
