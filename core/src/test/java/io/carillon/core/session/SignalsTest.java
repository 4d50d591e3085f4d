package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ephemeral signals, on virtual time. */
final class SignalsTest {
  private static final ChannelName ROOM = ChannelName.of("room");
  private static final Set<Operation> ALL = EnumSet.allOf(Operation.class);

  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();
  private final TestClient anna = node.connect(lane, "anna", ALL).subscribe("room");
  private final TestClient bert = node.connect(node.lane(), "bert", ALL).subscribe("room");

  /** The word for why it was refused, or an empty text. */
  private String send(TestClient client, String text, @Nullable String key) {
    String[] refusal = {""};
    client.turn(
        () -> {
          Problem problem =
              client
                  .session()
                  .signals()
                  .send(ROOM, new Signals.Sent("move", Payload.text(text), key));
          if (problem != null) {
            refusal[0] = problem.code().slug();
          }
        });
    return refusal[0];
  }

  /** Clauses 11.1 and 11.2: to the others, not to the log. */
  @Test
  void theOthersGetItAndTheLogDoesNot() {
    anna.told();
    bert.told();

    assertThat(send(anna, "x", null)).isEmpty();

    assertThat(bert.told()).containsExactly("room eph x");
    assertThat(anna.told()).isEmpty();
    TestClient late = node.connect(lane).subscribe("room");
    assertThat(late.told()).containsExactly("subscribed room at 0");
  }

  /** Clause 11.4: of each key the newest, when the connection takes more again. */
  @Test
  void aConnectionThatIsBehindGetsTheNewestOfEachKeyLater() {
    bert.told();
    bert.outlet().setBehind(true);
    send(anna, "1", "a");
    send(anna, "2", "b");
    send(anna, "3", "a");
    send(anna, "lost", null);
    node.publish("room", "kept");
    assertThat(bert.told()).containsExactly("room 1 kept");

    node.advance(Duration.ofMillis(100));
    assertThat(bert.told()).isEmpty();
    bert.outlet().setBehind(false);
    node.advance(Duration.ofMillis(100));

    assertThat(bert.told()).containsExactly("room eph 2", "room eph 3");
    node.advance(Duration.ofSeconds(1));
    assertThat(bert.told()).isEmpty();
  }

  /** Clause 11.4: what waits is bounded. */
  @Test
  void ofTooManyKeysTheOldestAreLost() {
    bert.told();
    bert.outlet().setBehind(true);
    for (int i = 0; i < 40; i++) {
      send(anna, String.valueOf(i), "key-" + i);
    }
    node.run();
    bert.outlet().setBehind(false);
    node.advance(Duration.ofMillis(100));

    assertThat(bert.told()).hasSize(32).startsWith("room eph 8").endsWith("room eph 39");
  }

  @Test
  void whoHasLeftGetsNothingLate() {
    bert.told();
    bert.outlet().setBehind(true);
    send(anna, "1", "a");
    node.run();
    bert.unsubscribe("room");
    bert.outlet().setBehind(false);
    node.advance(Duration.ofMillis(100));

    assertThat(bert.told()).isEmpty();
  }

  /** Clause 11.3. */
  @Test
  void tooManyAreRefusedUntilTheNextSecond() {
    for (int i = 0; i < 50; i++) {
      assertThat(send(anna, "x", null)).isEmpty();
    }

    assertThat(send(anna, "x", null)).isEqualTo("client-event-rate");
    node.advance(Duration.ofSeconds(1));
    assertThat(send(anna, "x", null)).isEmpty();
  }

  /** Clause 11.3. */
  @Test
  void aSignalIsCheckedAsAMessageIs() {
    assertThat(send(anna, "x".repeat(10_241), null)).isEqualTo("message-too-large");
    assertThat(send(anna, "x", "k".repeat(129))).isEqualTo("bad-request");
  }
}
