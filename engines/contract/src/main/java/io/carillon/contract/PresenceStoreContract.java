package io.carillon.contract;

import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Entered;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Full;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
  void whoEntersIsOnTheRosterThatIsAnswered() {
    enter(ANNA, 1);

    Roster roster = enter(BERT, 2);

    assertThat(roster.members()).containsExactly(ANNA, BERT);
    assertThat(answer(presence.roster(CHANNEL))).isEqualTo(roster);
  }

  @Test
  void twoConnectionsOfOneUserAreOneMember() {
    enter(ANNA, 1);
    Roster roster = enter(ANNA, 2);

    assertThat(roster.members()).containsExactly(ANNA);
    leave(1);
    assertThat(answer(presence.roster(CHANNEL)).members()).containsExactly(ANNA);
    leave(2);
    assertThat(answer(presence.roster(CHANNEL)).members()).isEmpty();
    assertTold("JOINED anna", "LEFT anna");
  }

  @Test
  void enteringTwiceIsEnteringOnce() {
    enter(ANNA, 1);
    enter(ANNA, 1);

    leave(1);

    assertTold("JOINED anna", "LEFT anna");
  }

  @Test
  void enteringAsAnotherUserIsLeavingAsTheFormerOne() {
    enter(ANNA, 1);

    Roster roster = enter(BERT, 1);
    leave(1);

    assertThat(roster.members()).containsExactly(BERT);
    assertTold("JOINED anna", "LEFT anna", "JOINED bert", "LEFT bert");
    assertThat(answer(presence.roster(CHANNEL)).members()).isEmpty();
  }

  @Test
  void leavingOfAnUnknownConnectionIsNothing() {
    leave(9);
    enter(ANNA, 1);
    leave(9);

    assertThat(answer(presence.roster(CHANNEL)).members()).containsExactly(ANNA);
    assertTold("JOINED anna");
  }

  @Test
  void versionsGrowAlsoAfterEveryoneLeft() {
    enter(ANNA, 1);
    leave(1);
    enter(ANNA, 1);
    leave(1);

    List<PresenceChange> changes = told.await(all -> all.size() == 4);

    assertThat(changes).extracting(PresenceChange::version).doesNotHaveDuplicates().isSorted();
    assertThat(answer(presence.roster(CHANNEL)).version())
        .isGreaterThanOrEqualTo(changes.getLast().version());
  }

  @Test
  void aFullChannelRefusesNewUsersOnly() {
    enter(ANNA, 1, 1);

    EnterOutcome stranger = answer(presence.enter(CHANNEL, BERT, new ConnectionId(2), 1));
    EnterOutcome known = answer(presence.enter(CHANNEL, ANNA, new ConnectionId(3), 1));

    assertThat(stranger).isEqualTo(new Full(1));
    assertThat(known).isInstanceOf(Entered.class);
    leave(2);
    leave(1);
    leave(3);
    assertThat(enter(BERT, 2, 1).members()).containsExactly(BERT);
    assertTold("JOINED anna", "LEFT anna", "JOINED bert");
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    ChannelId foreign = ChannelId.of(OTHER_APP, CHANNEL.name());
    answer(presence.enter(foreign, BERT, new ConnectionId(2), MANY));

    assertThat(enter(ANNA, 1).members()).containsExactly(ANNA);
    answer(presence.leave(foreign, new ConnectionId(1)));
    assertThat(answer(presence.roster(CHANNEL)).members()).containsExactly(ANNA);
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
    Roster last = answer(presence.roster(CHANNEL));

    List<PresenceChange> changes =
        told.await(all -> last.members().isEmpty() && sumOf(all, Long.MAX_VALUE).isEmpty());
    assertThat(changes).extracting(PresenceChange::version).doesNotHaveDuplicates().isSorted();
    assertThat(rosters)
        .as("seed %d", seed)
        .allSatisfy(
            roster ->
                assertThat(sumOf(changes, roster.version()))
                    .containsExactlyElementsOf(roster.members()));
  }

  /** Few users and connections, so that they meet; all have left in the end. */
  private List<Roster> comeAndGo(Random random, int thread) {
    List<Roster> rosters = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int connection = thread * 10 + random.nextInt(3);
      if (random.nextBoolean()) {
        // a connection stays the same user
        rosters.add(enter(new Member("user-" + connection % 4, null), connection));
      } else {
        leave(connection);
      }
    }
    for (int connection = 0; connection < 3; connection++) {
      leave(thread * 10 + connection);
    }
    return rosters;
  }

  /** Fails also when someone joins who is there, or leaves who is not. */
  private static Set<Member> sumOf(List<PresenceChange> changes, long version) {
    Set<Member> present = new LinkedHashSet<>();
    for (PresenceChange change : changes) {
      if (change.version() <= version) {
        boolean fine =
            change.kind() == Kind.JOINED
                ? present.add(change.member())
                : present.remove(change.member());
        assertThat(fine).as("%s is a change", change).isTrue();
      }
    }
    return present;
  }

  private Roster enter(Member member, long connection) {
    return enter(member, connection, MANY);
  }

  private Roster enter(Member member, long connection, int maxMembers) {
    EnterOutcome outcome =
        answer(presence.enter(CHANNEL, member, new ConnectionId(connection), maxMembers));
    assertThat(outcome).isInstanceOf(Entered.class);
    return ((Entered) outcome).roster();
  }

  private void leave(long connection) {
    answer(presence.leave(CHANNEL, new ConnectionId(connection)));
  }

  private void assertTold(String... changes) {
    assertThat(told.await(all -> all.size() >= changes.length))
        .extracting(change -> change.kind() + " " + change.member().userId())
        .containsExactly(changes);
  }
}
