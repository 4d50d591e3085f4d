package io.carillon.core.simulation;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishCommand;
import java.util.List;

/** What goes wrong, and when, as chance wants it; all is repaired in the end. For one thread. */
final class Faults {
  private static final int KINDS = 8;

  private static final int BURST_MAX = 1_500;

  private final World world;
  private final Agenda agenda;
  private final List<Client> clients;

  /** Which kinds this run has, so that runs differ more than one long one would. */
  private final boolean[] enabled = new boolean[KINDS];

  private final int pauseMillis;
  private boolean ended;

  Faults(World world, List<Client> clients) {
    this.world = world;
    this.agenda = world.agenda();
    this.clients = clients;
    for (int i = 0; i < KINDS; i++) {
      enabled[i] = agenda.chance(0.5);
    }
    pauseMillis = agenda.between(500, 8_000);
    next();
  }

  /** Repairs everything. */
  void end() {
    ended = true;
    agenda.note("world", "everything works again");
    world.weather().clear();
    while (!world.isComplete()) {
      world.startNode();
    }
  }

  private void next() {
    agenda.within(
        2 * pauseMillis,
        () -> {
          if (!ended) {
            int kind = agenda.between(0, KINDS);
            if (enabled[kind]) {
              happen(kind);
            }
            next();
          }
        });
  }

  private void happen(int kind) {
    switch (kind) {
      case 0 -> cutBus();
      case 1 -> kill();
      case 2 -> world.log().flush();
      case 3 -> logDown();
      case 4 -> archiveDown();
      case 5 -> clients.get(agenda.between(0, clients.size())).cut();
      case 6 -> silence();
      default -> burst();
    }
  }

  /** So many at once that every bound is met; nobody waits for the answers. */
  private void burst() {
    SimulatedNode node = world.anyNode();
    if (node == null || !agenda.chance(0.3)) {
      return;
    }
    ChannelId channel = world.anyChannel();
    int messages = agenda.between(10, BURST_MAX);
    world.truth().note(channel, "a burst of " + messages);
    for (int i = 0; i < messages; i++) {
      Payload payload = Payload.text("burst-" + agenda.steps() + "-" + i);
      Message message = new Message(null, "event", payload, Origin.Backend.TO_EVERYONE);
      node.node().publisher().publish(new PublishCommand(world.app(), channel.name(), message));
    }
  }

  private void cutBus() {
    SimulatedNode node = world.anyNode();
    if (node != null) {
      node.log().cutFor(agenda.between(50, 6_000));
    }
  }

  private void kill() {
    SimulatedNode node = world.anyNode();
    if (node == null) {
      return;
    }
    world.kill(node);
    for (Client client : clients) {
      Connection connection = client.connection();
      if (connection != null && connection.node() == node) {
        client.cut();
      }
    }
    agenda.within(
        10_000,
        () -> {
          if (!ended) {
            world.startNode();
          }
        });
  }

  private void logDown() {
    world.weather().logDown = true;
    agenda.note("world", "the log is down");
    agenda.within(6_000, () -> world.weather().logDown = false);
  }

  private void archiveDown() {
    world.weather().archiveDown = true;
    agenda.note("world", "the archive is down");
    agenda.within(8_000, () -> world.weather().archiveDown = false);
  }

  /** The bus loses everything for a while, and nobody is told. */
  private void silence() {
    double before = world.weather().busLoss;
    world.weather().busLoss = 1;
    agenda.note("world", "the bus is silent");
    agenda.within(
        4_000,
        () -> {
          if (!ended) {
            world.weather().busLoss = before;
          }
        });
  }
}
