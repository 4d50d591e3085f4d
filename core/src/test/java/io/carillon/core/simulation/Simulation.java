package io.carillon.core.simulation;

import io.carillon.core.hub.HubProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the whole system from one seed: some time of faults, then everything works again, and
 * after a while everyone has to be level. Invariants are checked on the way and in the end. For one
 * thread.
 */
final class Simulation {
  private static final int CLIENTS_MAX = 6;
  private static final int PUBLISHERS_MAX = 6;
  private static final int TROUBLE_MILLIS_MAX = 60_000;

  /** Long enough for requests that time out, back-offs, and two rounds of the feeds' checks. */
  private static final int RECOVERY_MILLIS = 45_000;

  /** A page of a long history takes several calls; the whole of it must not take for ever. */
  private static final int READING_MILLIS = 10_000;

  private static final int READING_ROUNDS = 60;

  private final long seed;
  private final World world;
  private final Agenda agenda;
  private final List<Client> clients = new ArrayList<>();
  private final List<Publishing> publishers = new ArrayList<>();
  private final Faults faults;

  /** What a run did. */
  record Summary(long seed, long steps, int appended, int delivered) {}

  Simulation(long seed, Mutation mutation) {
    this.seed = seed;
    this.world = new World(seed, mutation);
    this.agenda = world.agenda();
    this.faults = new Faults(world, clients);
    for (int i = agenda.between(1, CLIENTS_MAX + 1); i > 0; i--) {
      clients.add(new Client(world, "client-" + i, agenda.chance(0.75)));
    }
    for (int i = agenda.between(1, PUBLISHERS_MAX + 1); i > 0; i--) {
      publishers.add(new Publishing(world, "p" + i));
    }
  }

  /** Plays it to its end; fails with a {@link Violation}, or whatever else goes wrong. */
  Summary play() {
    agenda.note("world", "seed " + seed + "; " + world.weather());
    play(agenda.between(5_000, TROUBLE_MILLIS_MAX));
    faults.end();
    publishers.forEach(Publishing::rest);
    clients.forEach(Client::rest);
    play(RECOVERY_MILLIS);
    clients.forEach(Client::checkLevel);
    Histories histories = new Histories(world, world.nodes().getFirst());
    for (int round = 0; round < READING_ROUNDS && !histories.isDone(); round++) {
      play(READING_MILLIS);
    }
    histories.check();
    return new Summary(seed, agenda.steps(), world.truth().appended(), world.truth().delivered());
  }

  long steps() {
    return agenda.steps();
  }

  private void play(int millis) {
    long until = agenda.ticker().nanos() + millis * 1_000_000L;
    while (agenda.step(until)) {
      checkQueues();
    }
  }

  private void checkQueues() {
    for (SimulatedNode node : world.nodes()) {
      String excess = HubProbe.excess(node.log().listener());
      if (excess != null) {
        throw new Violation(Invariant.QUEUES_BOUNDED, node + ": " + excess, null);
      }
    }
    for (Client client : clients) {
      Connection connection = client.connection();
      if (connection != null && connection.waiting() > Connection.WIRE_MAX) {
        throw new Violation(Invariant.QUEUES_BOUNDED, client + "'s connection", null);
      }
    }
  }
}
