package io.carillon.contract;

import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every archive has to do so that an id is known and an ended epoch stays as it was told when
 * the log is lost. The cases share one archive; each has a channel of its own.
 */
public abstract class ArchivedIdsContract {
  /** The applications that the cases use. */
  protected static final List<String> APPS = List.of(Cases.APP.value(), Cases.OTHER_APP.value());

  /** Late commits are of the last minutes; what is older than a day may be left out. */
  private static final long NOW_MILLIS = System.currentTimeMillis();

  private static final int ROUNDS = 50;

  private final ChannelId channel = channel("room-" + UUID.randomUUID());

  protected ArchivedIdsContract() {}

  protected abstract Archive archive();

  private static Position at(long epoch, long offset) {
    return new Position(epoch, offset);
  }

  private void append(Position position, @Nullable String id) {
    append(position, Cases.message(id, "m"));
  }

  private void append(Position position, Message message) {
    answer(archive().append(new Publication(channel, position, message, NOW_MILLIS)));
  }

  private static Message operation(@Nullable String id, List<String> merged) {
    Operation operation = new Operation(Kind.APPEND, "m", at(1, 1), merged);
    return new Message(
        id, "event", Payload.text("+"), Origin.Backend.TO_EVERYONE, Meta.of(operation));
  }

  private Map<String, Position> positionsOf(String... ids) {
    return answer(archive().positionsOf(channel, List.of(ids), 0));
  }

  private List<Position> kept() {
    return kept(channel);
  }

  private List<Position> kept(ChannelId of) {
    return answer(archive().read(new Range(of, Order.OLDEST_FIRST, null, 100, 0))).stream()
        .map(Publication::position)
        .toList();
  }

  private void seal(long epoch) {
    answer(archive().seal(channel, epoch));
  }

  private boolean confirm(Position position, long epoch) {
    return answer(archive().confirm(channel, position, epoch));
  }

  @Test
  void idsOfMessagesOperationsAndMergedAppendsAreFound() {
    append(at(1, 1), "m");
    append(at(1, 2), operation("own", List.of("merged", "\0 \"\\{},'é", "")));
    append(at(2, 1), operation(null, List.of("alone")));
    append(at(2, 2), (String) null);
    append(at(2, 3), "\0\\x");

    assertThat(positionsOf("m", "own", "merged", "\0 \"\\{},'é", "", "alone", "none", "\0\\x"))
        .isEqualTo(
            Map.of(
                "m", at(1, 1),
                "own", at(1, 2),
                "merged", at(1, 2),
                "\0 \"\\{},'é", at(1, 2),
                "", at(1, 2),
                "alone", at(2, 1),
                "\0\\x", at(2, 3)));
    assertThat(positionsOf()).isEmpty();
  }

  @Test
  void anIdStandsWhereItStoodFirst() {
    append(at(2, 1), "id");
    append(at(1, 7), "id");
    append(at(1, 8), operation(null, List.of("id")));

    assertThat(positionsOf("id")).isEqualTo(Map.of("id", at(1, 7)));
  }

  @Test
  void anIdBelongsToItsChannelItsAppAndItsTime() {
    ChannelId other = channel("other-" + UUID.randomUUID());
    ChannelId foreign = ChannelId.of(Cases.OTHER_APP, channel.name());
    append(at(1, 1), "id");

    assertThat(answer(archive().positionsOf(other, List.of("id"), 0))).isEmpty();
    assertThat(answer(archive().positionsOf(foreign, List.of("id"), 0))).isEmpty();
    assertThat(answer(archive().positionsOf(channel, List.of("id"), NOW_MILLIS))).hasSize(1);
    long later = NOW_MILLIS + Duration.ofMinutes(1).toMillis();
    assertThat(answer(archive().positionsOf(channel, List.of("id"), later))).isEmpty();
  }

  @Test
  void whatWasCommittedBeforeItsEpochWasSealedCountsAndNothingElse() {
    append(at(1, 1), "a");
    append(at(1, 2), "b");
    seal(3);
    append(at(1, 3), "late");
    append(at(2, 1), "of an epoch that had nothing");
    append(at(3, 1), "in time");
    seal(3);

    assertThat(confirm(at(1, 1), 3)).isTrue();
    assertThat(confirm(at(1, 2), 3)).isTrue();
    assertThat(confirm(at(1, 3), 3)).isFalse();
    assertThat(confirm(at(2, 1), 3)).isFalse();
    assertThat(confirm(at(3, 1), 3)).isTrue();
    assertThat(kept()).containsExactly(at(1, 1), at(1, 2), at(3, 1));
    assertThat(positionsOf("a", "late")).isEqualTo(Map.of("a", at(1, 1)));
  }

  @Test
  void toConfirmSealsWhatWasNotSealedYet() {
    append(at(1, 1), "a");
    assertThat(confirm(at(1, 1), 2)).isTrue();
    append(at(1, 2), "late");

    assertThat(confirm(at(1, 2), 2)).isFalse();
    assertThat(confirm(at(1, 1), 2)).isTrue();
  }

  @Test
  void anEpochIsSealedByTheFirstThatBeginsBehindIt() {
    append(at(1, 1), "a");
    seal(2);
    append(at(2, 1), "b");
    append(at(1, 2), "late");
    seal(5);
    append(at(2, 2), "late as well");
    append(at(5, 1), "c");
    seal(2);

    assertThat(confirm(at(1, 1), 5)).isTrue();
    assertThat(confirm(at(1, 2), 5)).isFalse();
    assertThat(confirm(at(2, 1), 5)).isTrue();
    assertThat(confirm(at(2, 2), 5)).isFalse();
    assertThat(confirm(at(5, 1), 5)).isTrue();
  }

  @Test
  void sealsBelongToTheirChannel() {
    seal(2);
    ChannelId foreign = ChannelId.of(Cases.OTHER_APP, channel.name());
    Publication other = new Publication(foreign, at(1, 1), Cases.message("m"), NOW_MILLIS);
    answer(archive().append(other));

    assertThat(answer(archive().confirm(foreign, at(1, 1), 2))).isTrue();
  }

  /** Whoever goes on across epochs has what is acknowledged, whichever of them is first. */
  @Test
  void whatIsConfirmedIsReadByEveryoneWhoSealsBefore() {
    for (int round = 0; round < ROUNDS; round++) {
      ChannelId raced = channel("raced-" + UUID.randomUUID());
      List<Publication> all = new ArrayList<>();
      for (int offset = 1; offset <= 2; offset++) {
        all.add(new Publication(raced, at(1, offset), Cases.message("m"), NOW_MILLIS));
      }
      answer(archive().append(all.getFirst()));
      List<Object> done =
          atOnce(
              List.of(
                  () -> {
                    answer(archive().append(all.getLast()));
                    return answer(archive().confirm(raced, at(1, 2), 2));
                  },
                  () -> {
                    answer(archive().seal(raced, 2));
                    return kept(raced);
                  }));

      if (done.getFirst().equals(true)) {
        assertThat(done.getLast()).as("round %d", round).isEqualTo(List.of(at(1, 1), at(1, 2)));
      } else {
        assertThat(kept(raced)).containsExactly(at(1, 1));
      }
    }
  }
}
