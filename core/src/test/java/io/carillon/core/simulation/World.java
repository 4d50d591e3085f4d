package io.carillon.core.simulation;

import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.testing.TestNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all actors of one run share. For one thread. */
final class World {
  private static final int NODES = 3;
  private static final App PLAIN = TestNode.app(TestNode.APP);

  private static final App APP =
      new App(
          PLAIN.id(),
          PLAIN.tenant(),
          PLAIN.settings(),
          PLAIN.keys(),
          List.of(
              rule("kept", HotWindow.DEFAULT, 7),
              rule("kept-short", new HotWindow(5, 1), 7),
              rule("short", new HotWindow(5, 20), null),
              rule("live", new HotWindow(0, 1), null)));

  /** One for each kind of retention. */
  private static final List<ChannelId> CHANNELS =
      List.of(
          TestNode.id("room"),
          TestNode.id("kept"),
          TestNode.id("kept-short"),
          TestNode.id("short"),
          TestNode.id("live"));

  private final Agenda agenda;
  private final Mutation mutation;
  private final Weather weather;
  private final Truth truth;
  private final SimulatedLog log;
  private final SimulatedArchive archive;

  /** Where something happens in this run; few of them, so that much happens in each. */
  private final List<ChannelId> active;

  private final List<SimulatedNode> nodes = new ArrayList<>();
  private int started;

  World(long seed, Mutation mutation) {
    this.agenda = new Agenda(seed);
    this.mutation = mutation;
    this.weather = Weather.of(agenda.random());
    this.truth = new Truth(agenda, this::isArchived);
    this.log = new SimulatedLog(agenda, weather, truth, CHANNELS);
    this.archive = new SimulatedArchive(agenda, weather);
    List<ChannelId> shuffled = new ArrayList<>(CHANNELS);
    Collections.shuffle(shuffled, agenda.random());
    this.active = shuffled.subList(0, agenda.between(1, CHANNELS.size() + 1));
    for (int i = 0; i < NODES; i++) {
      startNode();
    }
  }

  private static ChannelRule rule(String pattern, HotWindow window, @Nullable Integer days) {
    return new ChannelRule(new ChannelPattern(pattern), null, null, window, days);
  }

  void startNode() {
    SimulatedNode node = new SimulatedNode("node-" + ++started, this);
    nodes.add(node);
    agenda.note("world", node + " starts");
  }

  void kill(SimulatedNode node) {
    agenda.note("world", node + " is killed");
    node.kill();
    nodes.remove(node);
  }

  boolean isComplete() {
    return nodes.size() >= NODES;
  }

  /** Those that live. */
  List<SimulatedNode> nodes() {
    return nodes;
  }

  @Nullable SimulatedNode anyNode() {
    return nodes.isEmpty() ? null : nodes.get(agenda.between(0, nodes.size()));
  }

  ChannelId anyChannel() {
    return active.get(agenda.between(0, active.size()));
  }

  List<ChannelId> channels() {
    return CHANNELS;
  }

  boolean isArchived(ChannelId channel) {
    ChannelName name = channel.name();
    ChannelRule rule = APP.ruleFor(name);
    return rule != null && rule.historyDays() != null;
  }

  App app() {
    return APP;
  }

  Agenda agenda() {
    return agenda;
  }

  Mutation mutation() {
    return mutation;
  }

  Weather weather() {
    return weather;
  }

  Truth truth() {
    return truth;
  }

  SimulatedLog log() {
    return log;
  }

  SimulatedArchive archive() {
    return archive;
  }
}
