package io.carillon.benchmark.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * An attack under way: its connections, which open one after the other. Guarded by itself; closing
 * ends all of them and has them say how they stood.
 */
final class Raid implements AutoCloseable {
  private final Attack attack;
  private final Target target;
  private final Answers answers = new Answers();
  private final List<Raider> raiders = new ArrayList<>();
  private final Thread opener;
  private boolean ended;

  private Raid(Attack attack, Target target, int sockets) {
    this.attack = attack;
    this.target = target;
    this.opener = Thread.ofVirtual().unstarted(() -> open(sockets));
  }

  /** Begins it with so many connections; its companion is one more. */
  static Raid begin(Attack attack, Target target, int sockets) {
    Raid raid = new Raid(attack, target, sockets);
    raid.opener.start();
    return raid;
  }

  private void open(int sockets) {
    if (attack.companion() != null) {
      start(new Raider(target.port(), attack.companion().apply(target), new Answers()));
    }
    Script script = attack.script().apply(target);
    try {
      for (int i = 0; i < sockets; i++) {
        start(new Raider(target.port(), script, answers));
        Thread.sleep(1_000 / attack.strength().opensPerSecond());
      }
    } catch (InterruptedException e) {
      // it has lasted long enough
    }
  }

  private synchronized void start(Raider raider) {
    if (!ended) {
      raiders.add(raider);
      Thread.ofVirtual().start(raider);
    }
  }

  Answers answers() {
    return answers;
  }

  @Override
  public void close() {
    opener.interrupt();
    synchronized (this) {
      ended = true;
      raiders.forEach(Raider::end);
    }
  }
}
