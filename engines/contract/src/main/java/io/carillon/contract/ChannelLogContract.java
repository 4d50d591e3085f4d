package io.carillon.contract;

import static io.carillon.contract.Cases.KEEP;
import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static io.carillon.contract.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.AppendOutcome.Appended;
import io.carillon.core.engine.AppendOutcome.Duplicate;
import io.carillon.core.engine.AppendOutcome.Young;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log has to do: positions, order, repeated ids, joining and leaving. */
public abstract class ChannelLogContract {
  private static final ChannelId CHANNEL = channel("news");

  private final Recorder<Publication> told = new Recorder<>();
  private final Recorder<String> doubts = new Recorder<>();
  private EngineFixture fixture;
  private ChannelLog log;

  protected ChannelLogContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void listen() {
    fixture = openEngine();
    log = fixture.ports().log();
    log.listen(
        new ChannelLog.Listener() {
          @Override
          public void published(Publication publication) {
            told.add(publication);
          }

          @Override
          public void doubted() {
            doubts.add("doubted");
          }
        });
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void offsetsAreDenseFromOneWithinOneEpoch() {
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      positions.add(append(CHANNEL, "m" + i));
    }

    assertThat(positions).extracting(Position::offset).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(positions).extracting(Position::epoch).containsOnly(positions.getFirst().epoch());
  }

  @Test
  void anEmptyChannelHasItsTopBeforeTheFirstOffset() {
    Head head = answer(log.join(CHANNEL));

    assertThat(head.top().offset()).isZero();
    assertThat(head.latest()).isNull();
    assertThat(append(CHANNEL, "first")).isEqualTo(new Position(head.top().epoch(), 1));
  }

  @Test
  void aPublicationCarriesItsMessageAndItsTime() {
    answer(log.join(CHANNEL));
    append(CHANNEL, "hello");

    Publication publication = told.await(all -> all.size() == 1).getFirst();

    assertThat(publication.channel()).isEqualTo(CHANNEL);
    assertThat(publication.message()).isEqualTo(message("hello"));
    assertThat(publication.timestampMillis()).isPositive();
  }

  @Test
  void aMessageIsToldAndReadWithWhereItCameFrom() {
    answer(log.join(CHANNEL));
    List<Message> messages =
        List.of(
            from(new Origin.Client(new ConnectionId(7), "user")),
            from(new Origin.Client(new ConnectionId(0), null)),
            from(new Origin.Client(null, "user")),
            from(new Origin.Client(null, null)),
            from(new Origin.Backend(new ConnectionId(7))),
            from(Origin.Backend.TO_EVERYONE));
    messages.forEach(message -> answer(log.append(CHANNEL, message, KEEP)));

    assertThat(told.await(all -> all.size() == messages.size()))
        .extracting(Publication::message)
        .isEqualTo(messages);
    Position top = answer(log.head(CHANNEL)).top();
    assertThat(answer(log.read(CHANNEL, new Position(top.epoch(), 0), 10)).publications())
        .extracting(Publication::message)
        .isEqualTo(messages);
  }

  private static Message from(Origin origin) {
    return new Message(null, "event", Payload.text("x"), origin);
  }

  @Test
  void theMarkOfATraceGoesWithTheMessage() {
    answer(log.join(CHANNEL));
    Message traced = message("a", "traced").traced(true);
    answer(log.append(CHANNEL, traced, KEEP));
    answer(log.append(CHANNEL, message("b", "not"), KEEP));

    assertThat(told.await(all -> all.size() == 2))
        .extracting(publication -> publication.message().isTraced())
        .containsExactly(true, false);
  }

  @Test
  void anOperationIsToldAndReadWithItsTargetAndItsExtras() {
    Position target = answer(log.join(CHANNEL)).top();
    Message operation =
        new Message(
            "a",
            "event",
            Payload.text("more"),
            Origin.Backend.TO_EVERYONE,
            new Meta(
                Payload.json(new byte[] {'{', '}'}),
                new Edit.Operation(Edit.Kind.APPEND, "ref", target, List.of("b", "c"))));
    Position position = answer(log.append(CHANNEL, operation, KEEP)).position();

    assertThat(told.await(all -> all.size() == 1).getFirst().message()).isEqualTo(operation);
    Position before = new Position(position.epoch(), position.offset() - 1);
    assertThat(answer(log.read(CHANNEL, before, 1)).publications())
        .extracting(Publication::message)
        .containsExactly(operation);
  }

  @Test
  void everyIdThatAnAppendWasMergedFromIsRemembered() {
    Position target = append(CHANNEL, "base");
    Message merged =
        new Message(
            "a",
            "event",
            Payload.text("123"),
            Origin.Backend.TO_EVERYONE,
            Meta.of(new Edit.Operation(Edit.Kind.APPEND, "ref", target, List.of("b", "c"))));
    Position position = answer(log.append(CHANNEL, merged, KEEP)).position();

    for (String id : List.of("a", "b", "c")) {
      assertThat(answer(log.append(CHANNEL, message(id, "again"), KEEP)))
          .as(id)
          .isEqualTo(new Duplicate(position));
    }
  }

  @Test
  void nothingIsAppendedWhenOneOfSeveralIdsIsKnown() {
    Position first = answer(log.append(CHANNEL, message("b", "first"), KEEP)).position();
    Message merged =
        new Message(
            "a",
            "event",
            Payload.text("12"),
            Origin.Backend.TO_EVERYONE,
            Meta.of(new Edit.Operation(Edit.Kind.APPEND, "ref", first, List.of("b"))));

    assertThat(answer(log.append(CHANNEL, merged, KEEP))).isEqualTo(new Duplicate(first));
    assertThat(answer(log.append(CHANNEL, message("a", "new"), KEEP))).isInstanceOf(Appended.class);
  }

  @Test
  void concurrentAppendsAreToldInTheOrderOfTheirPositions() {
    int threads = 4;
    int each = 250;
    answer(log.join(CHANNEL));
    List<Callable<List<Position>>> publishers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      publishers.add(() -> appendMany(CHANNEL, each));
    }

    List<List<Position>> positions = atOnce(publishers);

    assertThat(told.await(all -> all.size() == threads * each))
        .extracting(publication -> publication.position().offset())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) threads * each).boxed().toList());
    assertThat(positions).allSatisfy(own -> assertThat(own).isSorted());
  }

  @Test
  void aRepeatedIdIsAnsweredWithTheFirstPositionAndToldOnce() {
    answer(log.join(CHANNEL));
    AppendOutcome first = answer(log.append(CHANNEL, message("id", "one"), KEEP));
    append(CHANNEL, "between");

    AppendOutcome second = answer(log.append(CHANNEL, message("id", "two"), KEEP));

    assertThat(first).isInstanceOf(Appended.class);
    assertThat(second).isEqualTo(new Duplicate(first.position()));
    append(CHANNEL, "last");
    assertThat(told.await(all -> all.size() >= 3))
        .extracting(Publication::message)
        .containsExactly(message("id", "one"), message("between"), message("last"));
  }

  @Test
  void ofManyAtOnceWithOneIdExactlyOneIsAppended() {
    List<Callable<AppendOutcome>> publishers = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      publishers.add(() -> answer(log.append(CHANNEL, message("id", "same"), KEEP)));
    }

    List<AppendOutcome> outcomes = atOnce(publishers);

    assertThat(outcomes).filteredOn(Appended.class::isInstance).hasSize(1);
    assertThat(outcomes).extracting(outcome -> outcome.position().offset()).containsOnly(1L);
  }

  @Test
  void anIdIsRememberedForItsWindowAndNotLonger() {
    answer(log.join(CHANNEL));
    Position first = answer(log.append(CHANNEL, message("id", "one"), KEEP)).position();

    fixture.advance(Retention.DEDUPE_WINDOW.minusSeconds(1));
    AppendOutcome inside = answer(log.append(CHANNEL, message("id", "one"), KEEP));
    fixture.advance(Duration.ofSeconds(2));
    AppendOutcome after = answer(log.append(CHANNEL, message("id", "one"), KEEP));

    assertThat(inside).isEqualTo(new Duplicate(first));
    assertThat(after).isInstanceOf(Appended.class);
    assertThat(after.position().isAfter(first)).isTrue();
  }

  @Test
  void aLogThatHasNotLastedForTheWindowTakesNothingThatItMayHaveForgotten() {
    answer(log.join(CHANNEL));
    fixture.advance(Duration.ofMinutes(1));
    Position top = append(CHANNEL, "before");
    fixture.advance(Duration.ofMinutes(1));

    AppendOutcome refused = answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, 0));
    AppendOutcome known =
        answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, top.epoch()));
    AppendOutcome again = answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, 0));

    assertThat(refused)
        .isInstanceOfSatisfying(
            Young.class,
            young -> {
              assertThat(young.position()).isEqualTo(top);
              assertThat(young.age()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));
            });
    assertThat(known).isInstanceOf(Appended.class);
    assertThat(known.position()).isEqualTo(new Position(top.epoch(), 2));
    assertThat(again).isEqualTo(new Duplicate(known.position()));
    assertThat(told.await(all -> all.size() >= 2)).hasSize(2);
  }

  @Test
  void aLogThatHasLastedForTheWindowTakesWhatItDoesNotKnow() {
    answer(log.join(CHANNEL));
    Position first = append(CHANNEL, "first");
    fixture.advance(Retention.DEDUPE_WINDOW.minusSeconds(1));
    append(CHANNEL, "kept alive");
    assertThat(answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, 0)))
        .isInstanceOf(Young.class);
    fixture.advance(Duration.ofSeconds(2));

    assertThat(answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, 0)).position())
        .isEqualTo(new Position(first.epoch(), 3));
    assertThat(
            answer(log.appendUnlessYoung(CHANNEL, message("other", "m"), KEEP, first.epoch() - 1)))
        .isInstanceOf(Appended.class);
  }

  @Test
  void anIdBelongsToItsChannel() {
    answer(log.append(CHANNEL, message("id", "one"), KEEP));

    assertThat(answer(log.append(channel("other"), message("id", "one"), KEEP)))
        .isInstanceOf(Appended.class);
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    ChannelId foreign = ChannelId.of(OTHER_APP, CHANNEL.name());
    answer(log.join(CHANNEL));
    answer(log.append(foreign, message("id", "foreign"), KEEP));

    AppendOutcome own = answer(log.append(CHANNEL, message("id", "own"), KEEP));

    assertThat(own).isInstanceOf(Appended.class);
    assertThat(own.position().offset()).isEqualTo(1);
    assertThat(told.await(all -> !all.isEmpty()))
        .extracting(Publication::message)
        .containsExactly(message("id", "own"));
    assertThat(
            answer(log.read(CHANNEL, new Position(own.position().epoch(), 0), 10)).publications())
        .extracting(Publication::channel)
        .containsExactly(CHANNEL);
  }

  @Test
  void nothingIsMissingBetweenTheHeadAndTheFirstThatIsTold() {
    long seed = Cases.seed();
    Random random = new Random(seed);
    int each = 40;
    for (int round = 0; round < 100; round++) {
      ChannelId channel = channel("round-" + round);
      int delay = random.nextInt(20_000);
      List<Object> done =
          atOnce(List.of(() -> appendMany(channel, each), () -> joinAfter(channel, delay)));

      long top = ((Head) done.get(1)).top().offset();
      assertThat(toldAfter(channel, top, each))
          .as("seed %d, round %d, head at %d", seed, round, top)
          .containsExactlyElementsOf(LongStream.rangeClosed(top + 1, each).boxed().toList());
    }
  }

  @Test
  void joiningTwiceTellsOnceAndAnswersTheHeadOfNow() {
    answer(log.join(CHANNEL));
    append(CHANNEL, "one");

    Head head = answer(log.join(CHANNEL));
    append(CHANNEL, "two");

    assertThat(head.top().offset()).isEqualTo(1);
    assertThat(told.await(all -> all.size() >= 2)).hasSize(2);
  }

  @Test
  void aChannelThatWasLeftIsNotTold() {
    ChannelId fence = channel("fence");
    answer(log.join(CHANNEL));
    answer(log.join(fence));
    append(CHANNEL, "told");
    told.await(all -> all.size() == 1);

    log.leave(CHANNEL);
    append(CHANNEL, "not told");
    append(fence, "fence");

    assertThat(told.await(all -> all.size() >= 2))
        .extracting(Publication::message)
        .containsExactly(message("told"), message("fence"));
  }

  @Test
  void leavingWhatWasNotJoinedIsNothing() {
    log.leave(CHANNEL);

    assertThat(append(CHANNEL, "one").offset()).isEqualTo(1);
  }

  @Test
  void aChannelThatComesBackGoesOnOrHasAHigherEpoch() {
    Retention keepsNothing = new Retention(0, Duration.ofSeconds(1), false);
    Position last = new Position(0, 0);
    for (int i = 0; i < 5; i++) {
      answer(log.join(CHANNEL));
      Position position = answer(log.append(CHANNEL, message("m"), keepsNothing)).position();
      log.leave(CHANNEL);
      fixture.advance(Duration.ofHours(1));

      assertThat(position.isAfter(last)).as("%s after %s", position, last).isTrue();
      assertThat(position.offset()).isIn(1L, last.offset() + 1);
      last = position;
    }
  }

  /** What was lost meanwhile is read by who was told of the doubt. */
  @Test
  void afterACutTheDoubtIsToldAndWhatFollowsItIsToldAsBefore() {
    answer(log.join(CHANNEL));
    append(CHANNEL, "before");
    told.await(all -> all.size() == 1);
    assumeTrue(fixture.cutBus(), "nothing can be cut within a process");

    doubts.await(all -> !all.isEmpty());
    append(CHANNEL, "after");

    assertThat(told.await(all -> all.stream().anyMatch(is("after"))))
        .extracting(Publication::message)
        .containsExactly(message("before"), message("after"));
  }

  private static Predicate<Publication> is(String text) {
    return publication -> publication.message().equals(message(text));
  }

  private Position append(ChannelId channel, String text) {
    return answer(log.append(channel, message(text), KEEP)).position();
  }

  private List<Position> appendMany(ChannelId channel, int count) {
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(append(channel, "m" + i));
    }
    return positions;
  }

  private Head joinAfter(ChannelId channel, int spins) {
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
    return answer(log.join(channel));
  }

  /** The offsets after this one that are told of the channel, once the last one is. */
  private List<Long> toldAfter(ChannelId channel, long offset, long last) {
    List<Publication> all =
        told.await(some -> offset == last || offsets(some, channel, offset).contains(last));
    return offsets(all, channel, offset);
  }

  private static List<Long> offsets(List<Publication> all, ChannelId channel, long after) {
    return all.stream()
        .filter(publication -> publication.channel().equals(channel))
        .map(publication -> publication.position().offset())
        .filter(offset -> offset > after)
        .toList();
  }
}
