package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Readers that are behind on channels whose rules let messages give way (clause 3.8). */
final class SlowReadersTest {
  private static final Duration LATER = Duration.ofMillis(100);

  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();

  private void rules(SlowPolicy policy) {
    App plain = TestNode.app(TestNode.APP);
    ChannelRule rule =
        new ChannelRule(
            new ChannelPattern("prices"),
            null,
            null,
            null,
            null,
            Admission.OPEN,
            Content.ANY,
            policy);
    node.directory.put(
        new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule)));
    node.run();
  }

  private void publish(String event, String text) {
    publish(event, text, Meta.NONE);
  }

  private void publish(String event, String text, Meta meta) {
    App app = Objects.requireNonNull(node.directory.app(TestNode.APP));
    Message message =
        new Message(null, event, Payload.text(text), Origin.Backend.TO_EVERYONE, meta);
    node.node.publisher().publish(new PublishCommand(app, ChannelName.of("prices"), message));
    node.run();
  }

  private TestClient behind() {
    TestClient client = node.connect(lane).subscribe("prices");
    client.told();
    client.outlet().setBehind(true);
    return client;
  }

  private List<String> caughtUp(TestClient client) {
    client.outlet().setBehind(false);
    node.advance(LATER);
    return client.told();
  }

  @Test
  void ofEachEventOnlyTheNewestWaitsAndTheHolesAreTold() {
    rules(SlowPolicy.LATEST_PER_KEY);
    TestClient slow = behind();
    publish("eur", "1");
    publish("usd", "2");
    publish("eur", "3");
    publish("eur", "4");
    assertThat(slow.told()).isEmpty();

    assertThat(caughtUp(slow))
        .containsExactly("prices missed (0,1]", "prices 2 2", "prices missed (2,3]", "prices 4 4");
    publish("eur", "5");
    assertThat(slow.told()).containsExactly("prices 5 5");
  }

  @Test
  void theOldestGiveWayBeyondTheBound() {
    rules(SlowPolicy.DROP_OLDEST);
    TestClient slow = behind();
    for (int i = 1; i <= 1_010; i++) {
      publish("tick", String.valueOf(i));
    }

    List<String> told = caughtUp(slow);
    assertThat(told).hasSize(1_001).startsWith("prices missed (0,10]", "prices 11 11");
    assertThat(told.getLast()).isEqualTo("prices 1010 1010");
    assertThat(slow.session().isOpen()).isTrue();
  }

  @Test
  void aReaderThatIsBehindForAMomentMissesNothing() {
    rules(SlowPolicy.DROP_OLDEST);
    TestClient slow = behind();
    publish("tick", "1");
    publish("tick", "2");
    slow.outlet().setBehind(false);
    publish("tick", "3");
    assertThat(slow.told()).isEmpty();

    node.advance(LATER);
    assertThat(slow.told()).containsExactly("prices 1 1", "prices 2 2", "prices 3 3");
  }

  @Test
  void largeOnesAreBoundInBytesAndTheNewestAlwaysWaits() {
    rules(SlowPolicy.DROP_OLDEST);
    TestClient slow = behind();
    String large = "x".repeat(10_000);
    for (int i = 0; i < 40; i++) {
      publish("tick", large);
    }

    assertThat(caughtUp(slow)).hasSize(27).startsWith("prices missed (0,14]");
  }

  @Test
  void withoutSuchARuleEverythingIsOfferedAtOnce() {
    rules(SlowPolicy.DISCONNECT);
    TestClient slow = behind();
    publish("tick", "1");

    assertThat(slow.told()).containsExactly("prices 1 1");
  }

  @Test
  void aRuleThatChangesCountsForThoseWhoAreThere() {
    TestClient slow = behind();
    rules(SlowPolicy.LATEST_PER_KEY);
    publish("eur", "1");
    publish("eur", "2");
    rules(SlowPolicy.DISCONNECT);
    publish("eur", "3");

    assertThat(caughtUp(slow)).containsExactly("prices missed (0,1]", "prices 2 2", "prices 3 3");
    slow.outlet().setBehind(true);
    publish("eur", "4");
    assertThat(slow.told()).containsExactly("prices 4 4");
  }

  @Test
  void aTraceSaysThatAMessageGaveWay() {
    rules(SlowPolicy.LATEST_PER_KEY);
    TestClient slow = behind();
    publish("eur", "1", Meta.NONE.traced(true));
    publish("eur", "2");
    caughtUp(slow);

    Answer answer =
        node.node
            .ports()
            .inquiries()
            .ask(new Question.ListTraces(TestNode.APP, TracesOf.ANY, 1), Duration.ofSeconds(5))
            .toCompletableFuture()
            .join()
            .answers()
            .getFirst();
    TraceFacts trace = ((Answer.Traces) answer).traces().getFirst();
    assertThat(Objects.requireNonNull(trace.handed()).sockets())
        .isEqualTo(Map.of(TraceFate.WAITING, 1, TraceFate.CONFLATED, 1));
  }
}
