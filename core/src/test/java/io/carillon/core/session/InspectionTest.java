package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two lanes, and connections of two applications on both. */
final class InspectionTest {
  private final TestNode node = new TestNode();
  private final SessionLane one = node.lane();
  private final SessionLane two = node.lane();

  private Answer ask(Question question) {
    CompletableFuture<Collected> asked =
        node.node.ports().inquiries().ask(question, Duration.ofSeconds(5)).toCompletableFuture();
    node.run();
    Collected collected = asked.join();
    assertThat(collected.isWhole()).isTrue();
    return collected.answers().getFirst();
  }

  private int count(@Nullable KeyId key) {
    return ((Answer.Count) ask(new Question.CountConnections(TestNode.APP, key))).count();
  }

  private List<ConnectionFacts> list(String filter, @Nullable ConnectionId after, int limit) {
    Question question = new Question.ListConnections(TestNode.APP, filter, after, limit);
    return ((Answer.Connections) ask(question)).connections();
  }

  @Test
  void connectionsOfAllLanesAreCountedWithinTheApplication() {
    TestClient first = node.connect(one);
    node.connect(two);
    node.connect(two, TestNode.OTHER_APP);

    assertThat(count(null)).isEqualTo(2);
    assertThat(count(new KeyId("key-" + TestNode.APP))).isEqualTo(2);
    assertThat(count(new KeyId("key-" + TestNode.OTHER_APP))).isZero();

    first.drop();
    assertThat(count(null)).isEqualTo(1);
  }

  @Test
  void connectionsAreListedInPages() {
    List<ConnectionId> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(node.connect(i % 2 == 0 ? one : two).session().id());
    }
    node.connect(one, TestNode.OTHER_APP);
    List<ConnectionFacts> page = list("", null, 4);

    assertThat(page).hasSize(4);
    List<ConnectionFacts> rest = list("", page.getLast().id(), 4);
    assertThat(rest).hasSize(3);
    assertThat(List.of(page, rest))
        .flatExtracting(facts -> facts)
        .extracting(ConnectionFacts::id)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(list(ids.getFirst().socketId(), null, 10)).hasSize(1);
    assertThat(list("nobody", null, 10)).isEmpty();
  }

  @Test
  void aConnectionIsShownAsItIs() {
    TestClient client = node.connect(one);
    client.subscribe("one").subscribe("two");
    node.ticker.advance(Duration.ofSeconds(9));

    ConnectionFacts facts = list("", null, 1).getFirst();

    assertThat(facts.subscriptions()).isEqualTo(2);
    assertThat(facts.sinceMillis()).isEqualTo(node.ticker.epochMillis() - 9_000);
    assertThat(facts.key()).isEqualTo(new KeyId("key-" + TestNode.APP));
  }

  @Test
  void oneIsClosedWithinItsApplicationOnly() {
    TestClient client = node.connect(one);
    ConnectionId id = client.session().id();

    assertThat(ask(new Question.CloseConnection(TestNode.OTHER_APP, id)))
        .isEqualTo(new Answer.Count(0));
    assertThat(client.session().isOpen()).isTrue();
    assertThat(ask(new Question.CloseConnection(TestNode.APP, id))).isEqualTo(new Answer.Count(1));
    assertThat(client.closedBy()).isEqualTo(ErrorCode.UNAUTHORIZED);
  }
}
