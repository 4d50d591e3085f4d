package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.Position;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.runtime.Ticker;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.FollowedChannel;
import io.carillon.edge.fixture.FollowedChannel.Verdict;
import io.carillon.edge.fixture.FrameSchema;
import io.carillon.edge.fixture.RawTcp;
import io.carillon.edge.fixture.TestSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that do not read, on channels with each policy for them. */
@Timeout(120)
class SlowReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = 1_000;
  private static final int KEYS = 5;
  private static final String DATA = "x".repeat(10_000);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private EdgeServer server(SlowPolicy policy) {
    App plain = EdgeServer.app(AppSettings.DEVELOPMENT);
    ChannelRule rule =
        new ChannelRule(
            new ChannelPattern("flood"),
            null,
            null,
            null,
            null,
            Admission.OPEN,
            Content.ANY,
            policy);
    App app = new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule));
    EdgeServer server =
        new EdgeServer(
            Map.of("carillon.limits.outbox-bytes", 64 * 1024),
            app,
            new LocalEngine(Ticker.SYSTEM, 1 << 28).ports());
    opened.add(server);
    return server;
  }

  private RawTcp stalled(EdgeServer server, String path, String... said) throws Exception {
    RawTcp client = new RawTcp(server.port());
    opened.add(client);
    assertThat(client.upgrade(path)).startsWith("HTTP/1.1 101 ");
    for (String frame : said) {
      client.send(RawTcp.textFrame(frame));
    }
    return client;
  }

  private RawTcp stalledNative(EdgeServer server) throws Exception {
    return stalled(
        server,
        "/v1/realtime",
        "{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}",
        "{\"t\":\"sub\",\"i\":2,\"ch\":\"flood\"}");
  }

  private static JsonNode next(RawTcp client) throws Exception {
    String text = client.nextFrame().payload();
    FrameSchema.SERVER.check(text);
    return JSON.readTree(text);
  }

  /** Publishes more than the stalled one's buffers take, while a neighbour hears all of it. */
  private void flood(EdgeServer server) throws Exception {
    try (TestSocket neighbour = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
      neighbour.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
      neighbour.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"flood\"}");
      assertThat(neighbour.next()).contains("welcome");
      assertThat(neighbour.next()).contains("subbed");
      for (int i = 1; i <= MESSAGES; i++) {
        server.publish("flood", "m" + i % KEYS, DATA);
        assertThat(JSON.readTree(neighbour.next()).at("/m/0/o").asInt()).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SlowPolicy.class,
      names = {"DROP_OLDEST", "LATEST_PER_KEY"})
  @DisplayName("clause 3.8: what gave way is told, and all else comes once and in order")
  void whatGaveWayIsTold(SlowPolicy policy) throws Exception {
    EdgeServer server = server(policy);
    RawTcp client = stalledNative(server);
    assertThat(next(client).get("t").asText()).isEqualTo("welcome");
    FollowedChannel channel = new FollowedChannel(new Position(0, 0));
    channel.subbed(next(client));

    flood(server);
    server.publish("flood", "last", "the end");

    long missed = 0;
    while (channel.position().offset() < MESSAGES + 1) {
      JsonNode frame = next(client);
      if (frame.get("t").asText().equals("subbed")) {
        assertThat(frame.has("i")).isFalse();
        assertThat(frame.get("f").asLong()).isEqualTo(channel.position().offset());
        missed += frame.get("o").asLong() - frame.get("f").asLong();
        channel.subbed(frame);
      } else if (frame.get("t").asText().equals("msg")) {
        assertThat(channel.push(frame)).isEqualTo(Verdict.DELIVER);
      }
    }

    List<JsonNode> received = channel.received();
    assertThat(missed).isPositive();
    assertThat(channel.gaps()).isNotEmpty().containsOnly("slow");
    assertThat(received.size() + missed).isEqualTo(MESSAGES + 1);
    assertThat(received.getLast().get("d").asText()).isEqualTo("the end");
    List<Integer> newest =
        received.stream()
            .skip(received.size() - KEYS - 1)
            .map(item -> item.get("o").asInt())
            .toList();
    assertThat(newest).containsExactly(996, 997, 998, 999, 1_000, 1_001);
    assertThat(server.subscriptions("flood")).isEqualTo(1);
  }

  @Test
  void withoutAPolicyTheConnectionIsClosedAndMayResume() throws Exception {
    EdgeServer server = server(SlowPolicy.DISCONNECT);
    RawTcp client = stalledNative(server);
    flood(server);

    assertThat(client.closeCode()).isEqualTo(4100);
  }

  @Test
  void onPushersProtocolTheyGiveWayQuietly() throws Exception {
    EdgeServer server = server(SlowPolicy.LATEST_PER_KEY);
    RawTcp client =
        stalled(
            server,
            "/app/" + KEY + "?protocol=7",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"flood\"}}");
    String heard = "";
    while (!heard.contains("subscription_succeeded")) {
      heard = client.nextFrame().payload();
    }
    flood(server);
    server.publish("flood", "last", "the end");

    int messages = 0;
    while (!heard.contains("the end")) {
      heard = client.nextFrame().payload();
      assertThat(heard).doesNotContain("pusher:error");
      messages += heard.contains("\"channel\":\"flood\"") && heard.contains("xxx") ? 1 : 0;
    }
    assertThat(messages).isBetween(KEYS, MESSAGES - 1);
  }
}
