package io.carillon.contract;

import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Entered;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Full;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every presence store has to do. */
public abstract class PresenceStoreContract {
  private static final ChannelId CHANNEL = channel("presence-room");
  private static final Member ANNA = new Member("anna", "{\"name\":\"Anna\"}");
  private static final Member BERT = new Member("bert", null);
  private static final int MANY = 1_000;
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Recorder<PresenceChange> told = new Recorder<>();
  private EngineFixture fixture;
  private PresenceStore presence;

  protected PresenceStoreContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void join() {
    fixture = openEngine();
    fixture.ports().log().listen(publication -> {});
    presence = fixture.ports().presence();
    presence.listen(told::add);
    answer(fixture.ports().log().join(CHANNEL));
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void whoEntersIsOnTheRosterFromTheVersionOnThatIsAnswered() {
    enter(ANNA, 1);

    long version = enter(BERT, 2);

    assertThat(roster().members()).containsExactly(ANNA, BERT);
    assertThat(roster().version()).isEqualTo(version);
  }

  @Test
  void twoSessionsOfOneUserAreTwoEntriesAndOneUser() {
    enter(ANNA, 1);
    enter(ANNA, 2);

    assertThat(roster().entries()).containsExactly(entry(ANNA, 1), entry(ANNA, 2));
    assertThat(roster().members()).containsExactly(ANNA);
    leave(1);
    assertThat(roster().members()).containsExactly(ANNA);
    leave(2);
    assertThat(roster().entries()).isEmpty();
    assertTold("USER_JOINED anna", "JOINED anna", "LEFT anna", "USER_LEFT anna");
  }

  @Test
  void enteringTwiceIsEnteringOnce() {
    long first = enter(ANNA, 1);
    assertThat(enter(ANNA, 1)).isEqualTo(first);

    leave(1);

    assertTold("USER_JOINED anna", "USER_LEFT anna");
  }

  @Test
  void enteringWithOtherDataIsAnUpdate() {
    Member moved = new Member("anna", "{\"name\":\"Anna\",\"x\":1}");
    long first = enter(ANNA, 1);

    assertThat(enter(moved, 1)).isGreaterThan(first);

    assertThat(roster().entries()).containsExactly(entry(moved, 1));
    List<PresenceChange> changes = assertTold("USER_JOINED anna", "UPDATED anna");
    assertThat(changes.getLast().entry()).isEqualTo(entry(moved, 1));
  }

  @Test
  void enteringAsAnotherUserIsLeavingAsTheFormerOne() {
    enter(ANNA, 1);

    enter(BERT, 1);
    assertThat(roster().members()).containsExactly(BERT);
    leave(1);

    assertTold("USER_JOINED anna", "USER_LEFT anna", "USER_JOINED bert", "USER_LEFT bert");
    assertThat(roster().entries()).isEmpty();
  }

  @Test
  void leavingOfWhoIsNotThereIsNothing() {
    leave(9);
    enter(ANNA, 1);
    leave(9);

    assertThat(roster().members()).containsExactly(ANNA);
    assertTold("USER_JOINED anna");
  }

  @Test
  void aConnectionThatIsNotTheHolderEndsNothing() {
    enter(ANNA, 1);
    answer(presence.enter(CHANNEL, entry(ANNA, 1), new Hold(new ConnectionId(2), GRACE), MANY));

    answer(presence.leave(CHANNEL, key(1), new ConnectionId(1)));
    lost(1);
    pass(GRACE.multipliedBy(2));

    assertThat(roster().members()).containsExactly(ANNA);
    answer(presence.leave(CHANNEL, key(1), new ConnectionId(2)));
    assertTold("USER_JOINED anna", "USER_LEFT anna");
  }

  @Test
  void whoIsLostStaysForItsGraceAndLeavesOnce() {
    enter(ANNA, 1);
    lost(1);

    pass(GRACE.minusSeconds(2));
    assertThat(roster().members()).containsExactly(ANNA);
    pass(Duration.ofSeconds(4));

    assertTold("USER_JOINED anna", "USER_LEFT anna");
    pass(GRACE);
    lost(1);
    enter(BERT, 2);
    assertTold("USER_JOINED anna", "USER_LEFT anna", "USER_JOINED bert");
  }

  @Test
  void whoComesBackWithinTheGraceWasNeverAway() {
    long version = enter(ANNA, 1);
    lost(1);
    pass(GRACE.minusSeconds(2));

    EnterOutcome back =
        answer(presence.enter(CHANNEL, entry(ANNA, 1), new Hold(new ConnectionId(2), GRACE), MANY));
    assertThat(back).isEqualTo(new Entered(version));
    pass(GRACE.multipliedBy(2));

    assertThat(roster().members()).containsExactly(ANNA);
    answer(presence.lost(CHANNEL, key(1), new ConnectionId(2)));
    pass(GRACE.plusSeconds(2));
    assertTold("USER_JOINED anna", "USER_LEFT anna");
  }

  @Test
  void whoIsLostCanStillLeaveAtOnce() {
    enter(ANNA, 1);
    lost(1);
    leave(1);

    assertThat(roster().entries()).isEmpty();
    pass(GRACE.multipliedBy(2));
    enter(BERT, 2);
    assertTold("USER_JOINED anna", "USER_LEFT anna", "USER_JOINED bert");
  }

  @Test
  void withoutAGraceWhoIsLostLeavesAtOnce() {
    answer(
        presence.enter(
            CHANNEL, entry(ANNA, 1), new Hold(new ConnectionId(1), Duration.ZERO), MANY));

    lost(1);

    assertThat(roster().entries()).isEmpty();
    assertTold("USER_JOINED anna", "USER_LEFT anna");
  }

  @Test
  void changesAreAChainThatBeginsAnewWhereNobodyWas() {
    enter(ANNA, 1);
    enter(BERT, 2);
    leave(1);
    leave(2);
    enter(ANNA, 1);
    leave(1);

    List<PresenceChange> changes = told.await(all -> all.size() == 6);

    assertThat(changes).extracting(PresenceChange::version).doesNotHaveDuplicates().isSorted();
    assertThat(changes).extracting(PresenceChange::present).containsExactly(1, 2, 1, 0, 1, 0);
    long[] versions = changes.stream().mapToLong(PresenceChange::version).toArray();
    assertThat(changes)
        .extracting(PresenceChange::previous)
        .containsExactly(0L, versions[0], versions[1], versions[2], 0L, versions[4]);
    assertThat(roster().version()).isGreaterThanOrEqualTo(versions[5]).isLessThan(1L << 53);
  }

  @Test
  void aFullChannelRefusesNewUsersOnly() {
    enter(ANNA, 1, 1);

    EnterOutcome stranger = answer(presence.enter(CHANNEL, entry(BERT, 2), hold(2), 1));
    EnterOutcome known = answer(presence.enter(CHANNEL, entry(ANNA, 3), hold(3), 1));

    assertThat(stranger).isEqualTo(new Full(1));
    assertThat(known).isInstanceOf(Entered.class);
    leave(2);
    leave(1);
    leave(3);
    enter(BERT, 2, 1);
    assertThat(roster().members()).containsExactly(BERT);
    assertTold(
        "USER_JOINED anna", "JOINED anna", "LEFT anna", "USER_LEFT anna", "USER_JOINED bert");
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    ChannelId foreign = ChannelId.of(OTHER_APP, CHANNEL.name());
    answer(presence.enter(foreign, entry(BERT, 2), hold(2), MANY));

    enter(ANNA, 1);
    assertThat(roster().members()).containsExactly(ANNA);
    answer(presence.leave(foreign, key(1), new ConnectionId(1)));
    assertThat(roster().members()).containsExactly(ANNA);
    assertThat(answer(presence.roster(foreign)).members()).containsExactly(BERT);
  }

  @Test
  void underConcurrencyEveryRosterIsTheSumOfTheChangesUpToItsVersion() {
    long seed = Cases.seed();
    List<Callable<List<Roster>>> crowd = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      crowd.add(() -> comeAndGo(new Random(seed + thread), thread));
    }

    List<Roster> rosters = atOnce(crowd).stream().flatMap(List::stream).toList();
    Roster last = roster();

    List<PresenceChange> changes =
        told.await(all -> last.entries().isEmpty() && sumOf(all, Long.MAX_VALUE).isEmpty());
    assertThat(changes).extracting(PresenceChange::version).doesNotHaveDuplicates().isSorted();
    assertThat(rosters)
        .as("seed %d", seed)
        .allSatisfy(
            roster ->
                assertThat(sumOf(changes, roster.version()))
                    .containsExactlyInAnyOrderElementsOf(roster.entries()));
  }

  /** Few users and sessions, so that they meet; all have left in the end. */
  private List<Roster> comeAndGo(Random random, int thread) {
    List<Roster> rosters = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int session = thread * 10 + random.nextInt(3);
      if (random.nextBoolean()) {
        // a session stays the same user
        enter(new Member("user-" + session % 4, String.valueOf(random.nextInt(2))), session);
        rosters.add(roster());
      } else {
        leave(session);
      }
    }
    for (int session = 0; session < 3; session++) {
      leave(thread * 10 + session);
    }
    return rosters;
  }

  /** Fails also when the chain has a hole, someone joins who is there, or leaves who is not. */
  private static List<PresenceEntry> sumOf(List<PresenceChange> changes, long version) {
    Map<String, PresenceEntry> present = new LinkedHashMap<>();
    long before = 0;
    for (PresenceChange change : changes) {
      if (change.version() <= version) {
        assertThat(change.previous()).as("%s", change).isEqualTo(present.isEmpty() ? 0 : before);
        before = change.version();
        apply(change, present);
        assertThat(present).as("%s", change).hasSize(change.present());
      }
    }
    return List.copyOf(present.values());
  }

  private static void apply(PresenceChange change, Map<String, PresenceEntry> present) {
    PresenceEntry entry = change.entry();
    String userId = entry.member().userId();
    PresenceEntry old =
        change.kind().isDeparture() ? present.remove(entry.key()) : present.put(entry.key(), entry);
    boolean userThere =
        present.values().stream()
            .anyMatch(
                other ->
                    !other.key().equals(entry.key()) && other.member().userId().equals(userId));
    Kind expected =
        switch (change.kind()) {
          case USER_JOINED, JOINED -> userThere ? Kind.JOINED : Kind.USER_JOINED;
          case UPDATED -> Kind.UPDATED;
          case LEFT, USER_LEFT -> userThere ? Kind.LEFT : Kind.USER_LEFT;
        };
    boolean wasThere = change.kind() == Kind.UPDATED || change.kind().isDeparture();
    assertThat(change.kind()).as("%s", change).isEqualTo(expected);
    assertThat(old != null).as("%s is a change", change).isEqualTo(wasThere);
  }

  private Roster roster() {
    return answer(presence.roster(CHANNEL));
  }

  private static String key(long session) {
    return "key-" + session;
  }

  private static PresenceEntry entry(Member member, long session) {
    return new PresenceEntry(key(session), member);
  }

  private static Hold hold(long connection) {
    return new Hold(new ConnectionId(connection), GRACE);
  }

  /** A session on a connection of the same number. */
  private long enter(Member member, long session) {
    return enter(member, session, MANY);
  }

  private long enter(Member member, long session, int usersMax) {
    EnterOutcome outcome =
        answer(presence.enter(CHANNEL, entry(member, session), hold(session), usersMax));
    assertThat(outcome).isInstanceOf(Entered.class);
    return ((Entered) outcome).version();
  }

  private void leave(long session) {
    answer(presence.leave(CHANNEL, key(session), new ConnectionId(session)));
  }

  private void lost(long session) {
    answer(presence.lost(CHANNEL, key(session), new ConnectionId(session)));
  }

  private void pass(Duration duration) {
    fixture.advance(duration);
  }

  private List<PresenceChange> assertTold(String... changes) {
    List<PresenceChange> all = told.await(some -> some.size() >= changes.length);
    assertThat(all)
        .extracting(change -> change.kind() + " " + change.entry().member().userId())
        .containsExactly(changes);
    return all;
  }
}
