package io.carillon.chaos.check;

import static io.carillon.chaos.check.Story.HOT;
import static io.carillon.chaos.check.Story.KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.chaos.check.Violation.Promise;
import org.junit.jupiter.api.Test;

/**
 * Every promise has a story in which it is broken, and only it; a checker that cannot fail is none.
 */
class CheckerTest {
  /** Two messages on either channel, which one subscriber has and history knows. */
  private static Story good() {
    return new Story()
        .publish(HOT, "a", "7@1")
        .publish(HOT, "b", "7@2")
        .hear("anna", HOT, "a", "7@1")
        .hear("anna", HOT, "b", "7@2")
        .past(HOT, "7@1", "a", "7@2", "b")
        .publish(KEPT, "k", "9@1")
        .publish(KEPT, "l", "9@2")
        .hear("anna", KEPT, "k", "9@1")
        .hear("anna", KEPT, "l", "9@2")
        .past(KEPT, "9@1", "k", "9@2", "l");
  }

  @Test
  void aGoodStoryBreaksNothing() {
    assertThat(good().broken()).isEmpty();
    assertThat(good().repeat(HOT, "a", "7@1").broken()).isEmpty();
  }

  @Test
  void aMessageThatASubscriberNeverGotIsLost() {
    Story story = good().hear("bert", HOT, "b", "7@2");

    assertThat(story.broken()).containsExactly(Promise.NOTHING_LOST);
  }

  @Test
  void soIsTheLastOne() {
    Story story = good().hear("bert", HOT, "a", "7@1");

    assertThat(story.broken()).containsExactly(Promise.NOTHING_LOST);
  }

  @Test
  void soIsEverythingForWhoHeardNothing() {
    Story story = good();
    story.journal("bert", HOT);

    assertThat(story.broken()).containsExactly(Promise.NOTHING_LOST);
  }

  @Test
  void anAnnouncedGapExcusesWhatItCovers() {
    Story story = good().miss("bert", HOT, "7@0", "7@1").hear("bert", HOT, "b", "7@2");

    assertThat(story.broken()).isEmpty();
  }

  @Test
  void andNothingBeyond() {
    Story story = good().miss("bert", HOT, "7@0", "7@1");

    assertThat(story.broken()).containsExactly(Promise.NOTHING_LOST);
  }

  @Test
  void aGapReachesIntoTheNextEpoch() {
    Story story =
        good()
            .publish(HOT, "c", "8@1")
            .publish(HOT, "d", "8@2")
            .loseLog()
            .hear("anna", HOT, "c", "8@1")
            .hear("anna", HOT, "d", "8@2")
            .hear("bert", HOT, "a", "7@1")
            .miss("bert", HOT, "7@1", "8@1")
            .hear("bert", HOT, "d", "8@2");

    assertThat(story.broken()).isEmpty();
  }

  @Test
  void aGapIsNoExcuseWhereTheArchiveHasTheMessage() {
    Story story = good().miss("bert", KEPT, "9@0", "9@1").hear("bert", KEPT, "l", "9@2");

    assertThat(story.broken()).containsExactly(Promise.ARCHIVE_CLOSES_GAPS);
  }

  @Test
  void aPositionThatComesTwiceIsTwice() {
    assertThat(good().hear("anna", HOT, "b", "7@2").broken())
        .containsExactly(Promise.NOTHING_TWICE);
    assertThat(good().hear("anna", HOT, "a", "7@1").broken())
        .containsExactly(Promise.NOTHING_TWICE);
  }

  @Test
  void anIdThatComesAtAnotherPositionIsTwice() {
    assertThat(good().hear("anna", HOT, "a", "7@3").broken())
        .containsExactly(Promise.NOTHING_TWICE);
    assertThat(good().hear("anna", HOT, "a", "8@1").broken())
        .containsExactly(Promise.NOTHING_TWICE);
  }

  @Test
  void aLogThatIsLostForgetsIds() {
    assertThat(good().loseLog().hear("anna", HOT, "a", "8@1").broken()).isEmpty();
    assertThat(good().loseLog().hear("anna", HOT, "a", "8@1").forgotten()).isEqualTo(1);
    assertThat(good().hear("anna", HOT, "a", "8@1").forgotten()).isZero();
  }

  @Test
  void butTheArchiveKnowsWhatWasAcknowledged() {
    Story story = good().loseLog().hear("anna", KEPT, "k", "10@1");

    assertThat(story.broken()).containsExactly(Promise.NOTHING_TWICE);
    assertThat(story.forgotten()).isZero();
    assertThat(good().loseLog().repeat(KEPT, "k", "10@1").broken())
        .containsExactlyInAnyOrder(Promise.ONE_POSITION, Promise.NOTHING_LOST);
  }

  @Test
  void whatWasOnItsWayWhenTheLogWasLostMayComeAgain() {
    Story story =
        new Story()
            .loseLog()
            .hear("anna", KEPT, "m", "9@1")
            .publish(KEPT, "m", "10@1")
            .hear("anna", KEPT, "m", "10@1")
            .past(KEPT, "10@1", "m");

    assertThat(story.forgotten()).isEqualTo(1);
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void butNotWithinAnEpoch() {
    assertThat(good().loseLog().hear("anna", HOT, "a", "7@3").broken())
        .containsExactly(Promise.NOTHING_TWICE);
  }

  @Test
  void positionsIncrease() {
    Story story = good().hear("bert", HOT, "b", "7@2").hear("bert", HOT, "a", "7@1");

    assertThat(story.broken()).containsExactly(Promise.IN_ORDER);
  }

  @Test
  void anEarlierEpochIsBehind() {
    Story story =
        good()
            .publish(HOT, "c", "8@1")
            .past(HOT, "8@1", "c")
            .hear("anna", HOT, "c", "8@1")
            .hear("bert", HOT, "c", "8@1")
            .hear("bert", HOT, "a", "7@1")
            .hear("bert", HOT, "b", "7@2")
            .loseLog();

    assertThat(story.broken()).containsExactly(Promise.IN_ORDER);
  }

  @Test
  void onePositionIsOneMessageForAllSubscribers() {
    Story story = good().hear("bert", HOT, "b", "7@1").hear("bert", HOT, "a", "7@2");

    assertThat(story.broken()).containsExactly(Promise.ONE_ORDER);
  }

  @Test
  void andForTheOneWhoPublished() {
    Story story = good().publish(HOT, "c", "7@3").hear("anna", HOT, "a", "7@3");

    assertThat(story.broken())
        .contains(Promise.ONE_ORDER)
        .isSubsetOf(Promise.ONE_ORDER, Promise.NOTHING_TWICE, Promise.HISTORY_AGREES);
  }

  @Test
  void andForHistory() {
    assertThat(good().past(HOT, "7@1", "b", "7@2", "a").broken())
        .containsExactly(Promise.ONE_ORDER);
  }

  @Test
  void whatIsSentAfterAnAcknowledgementStandsBehindIt() {
    Story story =
        new Story()
            .publish(HOT, "late", "7@1", new Acked.Span(30, 40))
            .publish(HOT, "early", "7@2", new Acked.Span(10, 20));

    assertThat(story.broken()).containsExactly(Promise.REAL_TIME_ORDER);
  }

  @Test
  void whatIsSentAtOnceMayStandEitherWay() {
    Story story =
        new Story()
            .publish(HOT, "one", "7@1", new Acked.Span(10, 40))
            .publish(HOT, "two", "7@2", new Acked.Span(20, 30));

    assertThat(story.broken()).isEmpty();
  }

  @Test
  void anIdHasOnePosition() {
    Story story = good().repeat(HOT, "a", "7@2");

    assertThat(story.broken()).containsExactlyInAnyOrder(Promise.ONE_POSITION, Promise.ONE_ORDER);
  }

  @Test
  void whatNobodyPublishedIsInvented() {
    assertThat(good().hear("anna", HOT, "hot:other", "7@3").broken())
        .containsExactly(Promise.NOTHING_INVENTED);
  }

  @Test
  void historyHasWhatWasAcknowledged() {
    assertThat(good().past(KEPT, "9@2", "l").broken()).containsExactly(Promise.HISTORY_AGREES);
    assertThat(good().past(HOT, "7@2", "b").broken()).containsExactly(Promise.HISTORY_AGREES);
  }

  @Test
  void theHotLogPromisesTwoMinutes() {
    assertThat(withoutItsFirst(HOT).broken()).isEmpty();
    assertThat(withoutItsFirst(KEPT).broken()).containsExactly(Promise.HISTORY_AGREES);
  }

  /** History has what is new, and not what came minutes before. */
  private static Story withoutItsFirst(String channel) {
    return new Story()
        .publish(channel, "a", "7@1")
        .publish(channel, "b", "7@2", new Acked.Span(0, 2 * Checker.HOT_NANOS))
        .past(channel, "7@2", "b");
  }

  @Test
  void alsoWhenTheLogWasLostIfItIsArchived() {
    assertThat(good().loseLog().past(HOT).broken()).isEmpty();
    assertThat(good().loseLog().past(KEPT).broken()).containsExactly(Promise.HISTORY_AGREES);
  }

  @Test
  void historyHasNothingTwiceAndInOrder() {
    assertThat(good().past(HOT, "7@2", "b", "7@1", "a").broken())
        .containsExactly(Promise.HISTORY_AGREES);
    assertThat(good().past(HOT, "7@1", "a", "7@2", "b", "7@3", "a").broken())
        .containsExactly(Promise.HISTORY_AGREES);
  }
}
