package io.carillon.benchmark.scenario;

import io.carillon.benchmark.profile.Profile;

/** Something that is measured on every system in the same way. Stateless. */
public interface Scenario {
  /** A short name for the command line. */
  String name();

  /** What is done, in one line. */
  String title();

  /** Whether the system can do it. */
  boolean suits(Profile profile);

  /** Does it once, on a system that was just started. */
  Figures run(Bench bench);
}
