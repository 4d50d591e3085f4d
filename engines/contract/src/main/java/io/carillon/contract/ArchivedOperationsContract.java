package io.carillon.contract;

import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.channel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.engine.Archive.Targets;
import io.carillon.core.engine.Fold;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every archive has to do with operations on what it keeps. */
public abstract class ArchivedOperationsContract {
  private static final long ACCEPTED_MILLIS = ArchiveContract.ACCEPTED_MILLIS;

  private final ChannelId channel = channel("room-" + UUID.randomUUID());

  protected ArchivedOperationsContract() {}

  protected abstract Archive archive();

  private Publication appended(long epoch, long offset, Message message) {
    Publication publication =
        new Publication(channel, new Position(epoch, offset), message, ACCEPTED_MILLIS + offset);
    answer(archive().append(publication));
    return publication;
  }

  private List<Publication> operations(Position upTo, Position... positions) {
    return answer(archive().operations(new Targets(channel, List.of(positions), upTo, 0)));
  }

  private static Publication folded(Publication base, List<Publication> operations) {
    Fold fold = new Fold(base);
    operations.forEach(fold::apply);
    return fold.result();
  }

  @Test
  void messagesAreReadWithoutOperations() {
    Publication one = appended(1, 1, Cases.message("a", "one"));
    appended(1, 2, Cases.operation(Kind.APPEND, "a", one.position(), "+"));
    Publication two = appended(1, 3, Cases.message("two"));
    appended(1, 4, Cases.operation(Kind.DELETE, "a", one.position(), ""));

    assertThat(answer(archive().readMessages(new Range(channel, Order.OLDEST_FIRST, null, 2, 0))))
        .containsExactly(one, two);
    assertThat(
            answer(
                archive()
                    .readMessages(
                        new Range(channel, Order.NEWEST_FIRST, new Position(1, 4), 2, 0))))
        .containsExactly(two, one);
  }

  @Test
  void theNewestMessageWithAnIdIsFound() {
    appended(1, 1, Cases.message("a", "old"));
    Publication newest = appended(2, 1, Cases.message("a", "new"));
    appended(2, 2, Cases.message("b", "another"));
    Message operation = Cases.operation(Kind.UPDATE, "b", new Position(2, 2), "x");
    appended(
        2,
        3,
        new Message("a", "event", Payload.text("x"), Origin.Backend.TO_EVERYONE, operation.meta()));

    assertThat(answer(archive().find(channel, "a", 0))).contains(newest);
    assertThat(answer(archive().find(channel, "c", 0))).isEmpty();
    assertThat(answer(archive().find(channel, "a", ACCEPTED_MILLIS + 60_000))).isEmpty();
    assertThat(answer(archive().find(channel("elsewhere"), "a", 0))).isEmpty();
  }

  @Test
  void onlyOperationsOnWhatIsAskedForCount() {
    Publication one = appended(1, 1, Cases.message("a", "one"));
    Publication two = appended(1, 2, Cases.message("b", "two"));
    appended(1, 3, Cases.operation(Kind.APPEND, "b", two.position(), "!"));

    Position end = new Position(9, 9);
    assertThat(operations(end, one.position())).isEmpty();
    assertThat(operations(new Position(1, 2), two.position())).isEmpty();
    assertThat(folded(two, operations(end, one.position(), two.position())).message().payload())
        .isEqualTo(Payload.text("two!"));
  }

  @Test
  void whatIsAnsweredFoldsToWhatAllOperationsFoldTo() {
    long seed = Cases.seed();
    Random random = new Random(seed);
    List<Publication> bases = new ArrayList<>();
    List<Publication> operations = new ArrayList<>();
    List<CompletionStage<Void>> commits = new ArrayList<>();
    for (int i = 1; i <= 400; i++) {
      Position position = new Position(1 + i / 150, 1 + i % 150);
      boolean base = bases.isEmpty() || random.nextInt(20) == 0;
      Message message = base ? Cases.message("m" + i, "base" + i) : anyOperation(random, bases, i);
      Publication made = new Publication(channel, position, message, ACCEPTED_MILLIS + i);
      (base ? bases : operations).add(made);
      commits.add(archive().append(made));
    }
    commits.forEach(Cases::answer);

    Position[] targets = bases.stream().map(Publication::position).toArray(Position[]::new);
    for (int round = 0; round < 10; round++) {
      Position upTo = operations.get(random.nextInt(operations.size())).position();
      List<Publication> answered = operations(upTo, targets);
      List<Publication> before =
          operations.stream().filter(it -> !it.position().isAfter(upTo)).toList();
      for (Publication base : bases) {
        assertThat(folded(base, answered))
            .as("seed %d, %s up to %s", seed, base.position(), upTo)
            .isEqualTo(folded(base, before));
      }
    }
  }

  private static Message anyOperation(Random random, List<Publication> bases, int i) {
    Publication base = bases.get(random.nextInt(bases.size()));
    int chance = random.nextInt(200);
    Kind kind = chance == 0 ? Kind.DELETE : chance < 20 ? Kind.UPDATE : Kind.APPEND;
    Message plain = Cases.operation(kind, "m", base.position(), kind == Kind.DELETE ? "" : "-" + i);
    if (kind == Kind.APPEND && chance > 180) {
      // beside an update that has changed the form
      return new Message(
          null, "event", Payload.binary(new byte[] {(byte) i}), plain.origin(), plain.meta());
    }
    boolean extras = kind != Kind.DELETE && random.nextInt(10) == 0;
    return extras
        ? new Message(
            null,
            "event",
            plain.payload(),
            plain.origin(),
            new Message.Meta(
                Payload.json(("{\"i\":" + i + "}").getBytes(UTF_8)), plain.meta().edit()))
        : plain;
  }

  @Test
  void whatWasAcceptedEarlierIsLeftOut() {
    Publication base = appended(1, 1, Cases.message("a", "one"));
    appended(1, 2, Cases.operation(Kind.APPEND, "a", base.position(), "+"));
    long since = ACCEPTED_MILLIS + Duration.ofDays(1).toMillis();

    assertThat(
            answer(
                archive()
                    .operations(
                        new Targets(channel, List.of(base.position()), new Position(9, 9), since))))
        .isEmpty();
  }
}
