package io.carillon.benchmark.attack;

import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.load.Pace;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.scenario.Bench;
import io.carillon.benchmark.system.RunningSystem;

/**
 * One server under attack, with a well-behaved tenant on it the whole time: subscribers whose
 * messages are timed, and a client that comes anew again and again. Confined to its thread.
 */
public final class Siege implements AutoCloseable {
  private static final int SUBSCRIBERS = 100;
  private static final double PER_SECOND = 50;
  private static final double NANOS_PER_MILLI = 1e6;

  private final RunningSystem system;
  private final Bench bench;
  private final Times times;
  private final Target attacker;
  private final Newcomer newcomer;
  private final Latencies latencies = new Latencies();
  private final Topic topic;
  private final Pace pace;

  /**
   * How long what takes, in milliseconds.
   *
   * @param warmUp of the server, once
   * @param before each attack
   * @param during at most; less than what an attack needs shows less of it
   */
  public record Times(int warmUp, int before, int during) {}

  /**
   * What one attack did.
   *
   * @param cores of the server's processor while it lasted
   */
  record Outcome(
      Attack attack,
      Answers answers,
      Neighbour before,
      Neighbour during,
      Held held,
      double cores) {}

  /** What a neighbour notices. */
  record Neighbour(double p99Millis, long messages, int lost, Newcomer.Figures newcomer) {}

  /**
   * Bytes of memory.
   *
   * @param before that the server's node used without garbage
   * @param peak that its process had in RAM, garbage with it
   * @param after as before
   */
  record Held(long before, long peak, long after) {}

  /** Begins with a server that was just started; closing leaves it. */
  public Siege(RunningSystem system, Bench bench, Times times) {
    this.system = system;
    this.bench = bench;
    this.times = times;
    this.attacker = Target.ofAttacker(system);
    this.newcomer = new Newcomer(Target.ofNeighbour(system));
    this.topic = bench.topic(bench.profile().publishByHttp());
    bench.subscribe(topic, SUBSCRIBERS);
    bench.publishers();
    bench.load().record(latencies, 1);
    this.pace = bench.load().pace(topic, PER_SECOND);
    Thread.ofVirtual().start(newcomer);
    Bench.pause(times.warmUp());
  }

  /** Does it once. */
  Outcome run(Attack attack) {
    Load load = bench.load();
    Neighbour before = neighbour(load, times.before());
    long live = Memory.live(system);
    Memory memory = new Memory(system);
    Thread watcher = Thread.ofPlatform().daemon().start(memory);
    long ticks = ProcFiles.cpuTicks(system.nodeProcesses());
    long began = System.nanoTime();
    int sockets = bench.settings().scaled(attack.strength().sockets());
    Raid raid = Raid.begin(attack, attacker, sockets);
    Neighbour during =
        neighbour(load, Math.min(times.during(), attack.strength().seconds() * 1_000));
    double seconds = (System.nanoTime() - began) / 1e9;
    double cores =
        (ProcFiles.cpuTicks(system.nodeProcesses()) - ticks) / seconds / ProcFiles.TICKS_PER_SECOND;
    raid.close();
    memory.end();
    watcher.interrupt();
    Held held = new Held(live, memory.peak(), Memory.live(system));
    return new Outcome(attack, raid.answers(), before, during, held, cores);
  }

  private Neighbour neighbour(Load load, int millis) {
    newcomer.lap();
    load.clear(latencies);
    int lost = load.counters().lost();
    long delivered = load.counters().delivered();
    Bench.pause(millis);
    return new Neighbour(
        latencies.quantile(0.99) / NANOS_PER_MILLI,
        load.counters().delivered() - delivered,
        load.counters().lost() - lost,
        newcomer.lap());
  }

  @Override
  public void close() {
    pace.stop();
    newcomer.end();
  }
}
