package io.carillon.redis;

import static io.carillon.redis.Cases.APP;
import static io.carillon.redis.Cases.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries;
import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.AddressRange;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Client;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Position;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes that ask each other. */
class RedisInquiriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TraceFacts TRACED =
      new TraceFacts(
          "node-1",
          new TraceFacts.Subject("news", new Position(7, 8), "id", "event", 20),
          new TraceFacts.Accepted(1_700_000_000_000L, "key", 1_200, 3_400L, true),
          new TraceFacts.Handed(
              1_700_000_000_001L,
              1_700_000_000_002L,
              300,
              Map.of(TraceFate.WRITTEN, 3, TraceFate.TOO_SLOW, 1)));

  private static final TraceFacts LEAST_TRACED =
      new TraceFacts(
          "node-2",
          new TraceFacts.Subject("news", new Position(7, 9), null, "event", 0),
          null,
          null);

  private static final Question COUNT = new Question.CountConnections(APP, new KeyId("key"));

  private final RedisProcess server = RedisProcess.start();
  private final List<RedisEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(RedisEngine::close);
    server.close();
  }

  private Inquiries node(Inquiries.Answerer answerer) {
    RedisEngine engine = RedisEngine.start(server.address("t"), 0);
    engines.add(engine);
    engine.ports().inquiries().answerBy(answerer);
    return engine.ports().inquiries();
  }

  private static Inquiries.Answerer counting(int count) {
    return question ->
        question.equals(COUNT)
            ? CompletableFuture.completedFuture(new Answer.Count(count))
            : CompletableFuture.failedFuture(new AssertionError("asked " + question));
  }

  @Test
  void everyNodeIsAskedAndItsAnswerComesBack() {
    node(counting(1));
    node(counting(20));
    Inquiries asking = node(counting(300));
    // it learns of the others with its lease
    Cases.await("three nodes", () -> answer(asking.ask(COUNT, PATIENCE)).nodes() == 3);

    Collected collected = answer(asking.ask(COUNT, PATIENCE));

    assertThat(collected.isWhole()).isTrue();
    assertThat(collected.answers())
        .containsExactlyInAnyOrder(
            new Answer.Count(1), new Answer.Count(20), new Answer.Count(300));
  }

  @Test
  void aNodeThatDiedIsMissedInTime() {
    Inquiries asking = node(counting(1));
    node(counting(20));
    Cases.await("two nodes", () -> answer(asking.ask(COUNT, PATIENCE)).nodes() == 2);
    engines.getLast().die();

    Collected collected = answer(asking.ask(COUNT, Duration.ofMillis(300)));

    assertThat(collected.isWhole()).isFalse();
    assertThat(collected.answers()).containsExactly(new Answer.Count(1));
  }

  @Test
  void questionsAndAnswersAreReadAsTheyWereWritten() {
    ConnectionId id = new ConnectionId(77);
    KeyId key = new KeyId("key");
    for (Question question :
        List.of(
            COUNT,
            new Question.CountConnections(APP, null),
            new Question.ListConnections(APP, "Zo\u00eb", id, 5),
            new Question.ListConnections(APP, "", null, 5),
            new Question.CloseConnection(APP, id),
            new Question.ListRefusals(APP, 9),
            new Question.ListTraces(APP, TracesOf.ANY, 9),
            new Question.ListTraces(APP, new TracesOf("id", "news", new Position(7, 8)), 9),
            new Question.TraceNext(APP, new Sampling(new ChannelPattern("chat:*"), 100, 20, 60)))) {
      ByteBuffer bytes = ByteBuffer.wrap(InquiryCodec.encode("me", 4, question));
      assertThat(InquiryCodec.question(bytes)).isEqualTo(new InquiryCodec.Asked("me", 4, question));
    }
    AddressRange range = AddressRange.of(InetAddress.ofLiteral("2001:db8::1"));
    Client client = new Client(Protocol.PUSHER, "js 8", range);
    for (Answer answer :
        List.of(
            new Answer.Count(0),
            new Answer.Connections(List.of()),
            new Answer.Connections(
                List.of(
                    new ConnectionFacts(id, key, "anna", client, 1_700_000_000_000L, 3),
                    new ConnectionFacts(id, key, null, Client.UNKNOWN, 1, 0))),
            new Answer.Refusals(
                List.of(
                    new RefusalFacts(5, "publish", 40_301, "room", "key", "1.2", "no"),
                    new RefusalFacts(5, "connect", 40_100, null, null, null, "no"))),
            new Answer.Traces(List.of(TRACED, LEAST_TRACED)))) {
      ByteBuffer bytes = ByteBuffer.wrap(InquiryCodec.encode(4, answer));
      assertThat(InquiryCodec.answer(bytes)).isEqualTo(new InquiryCodec.Answered(4, answer));
    }
  }
}
