package io.carillon.core.simulation;

import io.carillon.core.Node;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.session.SessionLane;
import io.carillon.core.testing.FakeDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A real node on lanes of the simulation; it ends without a word when it is killed. */
final class SimulatedNode {
  private static final int LANES = 2;
  private static final int CONNECTIONS_MAX = 100;

  private final String name;
  private final LogPort log;
  private final Node node;
  private final List<SimulatedLane> lanes = new ArrayList<>();
  private final List<SessionLane> sessionLanes = new ArrayList<>();

  SimulatedNode(String name, World world) {
    this.name = name;
    this.log = world.log().port(name, world.mutation());
    Agenda agenda = world.agenda();
    SimulatedLane upkeep = new SimulatedLane(name + "-upkeep", agenda);
    lanes.add(upkeep);
    if (world.mutation() == Mutation.FEED_NEVER_CHECKS_TOP) {
      upkeep.setTimerless();
    }
    Ports own = new LocalEngine(agenda.ticker(), 1 << 20).ports();
    Ports ports = own.withLog(log).withArchive(world.archive().new Port(log, world.mutation()));
    Random chance = new Random(agenda.random().nextLong());
    node =
        new Node(
            new Node.Parts(
                ports,
                directory(world),
                upkeep,
                new Node.Environment(agenda.ticker(), chance::nextLong),
                CONNECTIONS_MAX));
    for (int i = 0; i < LANES; i++) {
      SimulatedLane lane = new SimulatedLane(name + "-lane-" + i, agenda);
      lanes.add(lane);
      sessionLanes.add(node.onLane(lane));
    }
  }

  private static Directory directory(World world) {
    FakeDirectory directory = new FakeDirectory();
    directory.put(world.app());
    return directory;
  }

  Node node() {
    return node;
  }

  LogPort log() {
    return log;
  }

  SessionLane lane(Agenda agenda) {
    return sessionLanes.get(agenda.between(0, sessionLanes.size()));
  }

  boolean isAlive() {
    return log.isAlive();
  }

  void kill() {
    log.kill();
    lanes.forEach(SimulatedLane::kill);
  }

  @Override
  public String toString() {
    return name;
  }
}
