package io.carillon.contract;

import static io.carillon.contract.Cases.KEEP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.channel;
import static io.carillon.contract.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Changes;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log has to do with operations on the messages that it keeps (clause 12.9). */
public abstract class LogOperationsContract {
  private static final ChannelId CHANNEL = channel("edited");

  private EngineFixture fixture;
  private ChannelLog log;

  protected LogOperationsContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void open() {
    fixture = openEngine();
    log = fixture.ports().log();
    log.listen(publication -> {});
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Position append(Message message) {
    return answer(log.append(CHANNEL, message, KEEP)).position();
  }

  private Position operate(Kind kind, Position target, String text) {
    return append(Cases.operation(kind, "m", target, text));
  }

  private Changes changes() {
    return answer(log.changes(CHANNEL));
  }

  private static List<String> texts(List<Publication> publications) {
    return publications.stream().map(it -> it.message().payload().asText()).toList();
  }

  @Test
  void nothingIsChangedWithoutOperations() {
    assertThat(changes().isEmpty()).isTrue();
    append(message("m", "one"));
    Position top = append(message("two"));

    assertThat(changes()).isEqualTo(Changes.none(top, new Position(top.epoch(), 0)));
  }

  @Test
  void aChangedMessageIsToldAsItIsNow() {
    Position one = append(message("m", "one"));
    append(message("n", "untouched"));
    Position two = append(message("two"));
    operate(Kind.APPEND, one, " and");
    operate(Kind.UPDATE, two, "2");
    operate(Kind.APPEND, one, " more");
    Position top = operate(Kind.APPEND, two, "!");

    Changes changes = changes();
    assertThat(changes.top()).isEqualTo(top);
    assertThat(changes.start()).isEqualTo(new Position(top.epoch(), 0));
    assertThat(texts(changes.changed())).containsExactly("one and more", "2!");
    assertThat(changes.changed())
        .extracting(it -> it.message().meta().edit())
        .containsExactly(
            new Edit.Applied(new Position(top.epoch(), 6), false), new Edit.Applied(top, false));
    assertThat(changes.loose()).isEmpty();
  }

  @Test
  void whatWasDeletedIsToldWithoutItsContent() {
    Position one = append(message("m", "secret"));
    Position top = operate(Kind.DELETE, one, "");

    assertThat(texts(changes().changed())).containsExactly("");
    assertThat(changes().changed().getFirst().message().meta())
        .isEqualTo(new Meta(null, new Edit.Applied(top, true)));
  }

  @Test
  void operationsOnWhatTheLogHasNotAreLoose() {
    Position position = operate(Kind.APPEND, new Position(1, 1), "+");

    assertThat(changes().changed()).isEmpty();
    assertThat(changes().loose()).extracting(Publication::position).containsExactly(position);
  }

  @Test
  void theNewestMessageWithAnIdIsFoundAsItIsNow() {
    assertThat(answer(log.find(CHANNEL, "m"))).isEmpty();
    Position one = append(message("m", "one"));
    append(message("n", "another"));
    append(
        new Message(
            "op",
            "event",
            Payload.text("+"),
            Origin.Backend.TO_EVERYONE,
            Meta.of(new Edit.Operation(Kind.APPEND, "m", one, List.of("merged")))));

    Optional<Publication> found = answer(log.find(CHANNEL, "m"));
    assertThat(found).map(Publication::position).contains(one);
    assertThat(found).map(it -> it.message().payload()).contains(Payload.text("one+"));
    assertThat(answer(log.find(CHANNEL, "op"))).isEmpty();
    assertThat(answer(log.find(CHANNEL, "merged"))).isEmpty();
  }

  @Test
  void everyIdHasAPosition() {
    Position one = append(message("m", "one"));
    Position two =
        append(
            new Message(
                "a",
                "event",
                Payload.text("+"),
                Origin.Backend.TO_EVERYONE,
                Meta.of(new Edit.Operation(Kind.APPEND, "m", one, List.of("b")))));

    assertThat(answer(log.positionOf(CHANNEL, "m"))).contains(one);
    assertThat(answer(log.positionOf(CHANNEL, "a"))).contains(two);
    assertThat(answer(log.positionOf(CHANNEL, "b"))).contains(two);
    assertThat(answer(log.positionOf(CHANNEL, "c"))).isEmpty();
  }

  @Test
  void aMessageIsKeptAsLongAsAnOperationOnItIs() {
    Retention five = new Retention(5, Duration.ofMinutes(2), false);
    Position one = answer(log.append(CHANNEL, message("m", "0"), five)).position();
    for (int i = 1; i < 12; i++) {
      answer(log.append(CHANNEL, Cases.operation(Kind.APPEND, "m", one, "," + i), five));
    }

    assertThat(texts(changes().changed())).containsExactly("0,1,2,3,4,5,6,7,8,9,10,11");
    assertThat(changes().changed().getFirst().position()).isEqualTo(one);
    assertThat(answer(log.find(CHANNEL, "m"))).map(Publication::position).contains(one);

    for (int i = 0; i < 5; i++) {
      answer(log.append(CHANNEL, message("other"), five));
    }
    assertThat(changes().isEmpty()).isTrue();
    assertThat(answer(log.find(CHANNEL, "m"))).isEmpty();
  }
}
