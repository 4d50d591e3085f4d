package io.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Movement.Kind;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.webhook.MovementBook.Place;
import io.carillon.core.webhook.MovementBook.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final Place ROOM = new Place("room", "");
  private static final Place ANN = new Place("presence-room", "ann");

  private final Map<Place, Presence> book = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private long sequence;

  private Movement movement(Kind kind, Place place, long millis) {
    return new Movement(
        (millis << Movement.ID_BITS) | ++sequence,
        ChannelId.of(new AppId("1"), ChannelName.of(place.channel())),
        kind,
        place.userId());
  }

  /** One piece of work, whose result goes to the book. */
  private void work(long now, Movement... movements) {
    Hold hold =
        new Hold(
            TIME,
            book,
            (place, it) ->
                told.add(
                    (it.arrival() ? "+" : "-") + place.channel() + place.userId() + it.atMillis()));
    hold.apply(List.of(movements));
    hold.release(Map.of(), now);
    book.putAll(hold.changed());
    book.keySet().removeAll(hold.removed());
  }

  @Test
  void anEndIsToldWhenItWasHeld() {
    work(1_000, movement(Kind.OCCUPIED, ROOM, 1_000));
    work(2_000, movement(Kind.VACATED, ROOM, 2_000));
    work(4_999);
    assertThat(told).containsExactly("+room1000");

    work(5_000);

    assertThat(told).containsExactly("+room1000", "-room2000");
    assertThat(book).isEmpty();
  }

  @Test
  void aQuickReturnIsNoEvent() {
    work(1_000, movement(Kind.JOINED, ANN, 1_000));
    work(2_000, movement(Kind.LEFT, ANN, 2_000));
    work(4_000, movement(Kind.JOINED, ANN, 4_000));
    work(60_000);

    assertThat(told).containsExactly("+presence-roomann1000");
  }

  @Test
  void aReturnThatWasReadLateIsStillQuickOrNot() {
    work(1_000, movement(Kind.OCCUPIED, ROOM, 1_000));

    work(
        90_000,
        movement(Kind.VACATED, ROOM, 2_000),
        movement(Kind.OCCUPIED, ROOM, 4_000),
        movement(Kind.VACATED, ROOM, 10_000),
        movement(Kind.OCCUPIED, ROOM, 13_000));

    assertThat(told).containsExactly("+room1000", "-room10000", "+room13000");
  }

  @Test
  void whatIsRecordedTwiceIsToldOnce() {
    work(1_000, movement(Kind.OCCUPIED, ROOM, 1_000), movement(Kind.OCCUPIED, ROOM, 1_100));
    work(9_000, movement(Kind.VACATED, ROOM, 2_000), movement(Kind.VACATED, ROOM, 2_100));
    work(9_000, movement(Kind.VACATED, ROOM, 2_200));

    assertThat(told).containsExactly("+room1000", "-room2000");
  }

  @Test
  void aMemberLeavesBeforeTheChannelIsEmpty() {
    Place channel = new Place(ANN.channel(), "");
    work(0, movement(Kind.OCCUPIED, channel, 0), movement(Kind.JOINED, ANN, 0));
    work(9_000, movement(Kind.VACATED, channel, 5_000), movement(Kind.LEFT, ANN, 5_000));

    assertThat(told.subList(2, 4)).containsExactly("-presence-roomann5000", "-presence-room5000");
  }

  @Test
  void whatIsMissingEndsLikeAnythingElse() {
    work(1_000, movement(Kind.OCCUPIED, ROOM, 1_000));
    Hold hold = new Hold(TIME, book, (place, it) -> told.add("-" + it.since()));
    hold.missing(ROOM, new Presence(1, 0), 2_000);
    hold.release(Map.of(), 4_000);

    assertThat(told).containsExactly("+room1000");
    assertThat(hold.changed().get(ROOM)).extracting(Presence::endedAtMillis).isEqualTo(2_000L);
  }

  @Test
  void beginningsAndEndsAlternateWhateverComesInWhichPieces() {
    for (long seed = 0; seed < 200; seed++) {
      book.clear();
      told.clear();
      Random random = new Random(seed);
      long now = 0;
      for (int i = 0; i < 200; i++) {
        List<Movement> piece = new ArrayList<>();
        for (int j = random.nextInt(4); j > 0; j--) {
          now += random.nextInt(4_000);
          piece.add(movement(random.nextBoolean() ? Kind.OCCUPIED : Kind.VACATED, ROOM, now));
        }
        now += random.nextInt(2_000);
        work(now, piece.toArray(Movement[]::new));
      }
      for (int i = 0; i < told.size(); i++) {
        assertThat(told.get(i)).as("seed %s", seed).startsWith(i % 2 == 0 ? "+" : "-");
      }
    }
  }
}
