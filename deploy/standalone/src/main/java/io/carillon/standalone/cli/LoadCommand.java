package io.carillon.standalone.cli;

import java.util.Set;

/** Loads a running server from here, and checks that nothing is lost. Stateless. */
final class LoadCommand implements Command {
  private static final int SEQUENCES_MAX = 1_000_000;

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(
        Set.of(
            "--channels",
            "--subscribers",
            "--publishers",
            "--size",
            "--seconds",
            "--warm-up",
            "--rate",
            "--window"),
        Set.of());
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    arguments.words();
    LoadPlan plan =
        new LoadPlan(
            arguments.number("--channels", 10, 1, 1_000),
            arguments.number("--subscribers", 10, 1, 1_000),
            arguments.number("--publishers", 2, 1, 100),
            new LoadPlan.Load(
                arguments.number("--size", 128, LoadPlan.SIZE_MIN, 1 << 20),
                arguments.number("--rate", 0, 1, 1_000_000),
                arguments.number("--window", 16, 1, 500)),
            new LoadPlan.Time(
                arguments.number("--seconds", 10, 1, 86_400),
                arguments.number("--warm-up", 2, 0, 3_600)));
    if ((long) plan.channels() * plan.subscribers() * plan.publishers() > SEQUENCES_MAX) {
      throw CommandException.wrong(
          "--channels times --subscribers times --publishers: more (expected: at most %d)"
              .formatted(SEQUENCES_MAX));
    }
    Target target = Target.of(arguments, surroundings.environment());
    Console console = surroundings.console();
    LoadReport report;
    try (LoadRun run = LoadRun.open(plan, target, Identity.of(arguments, target), console)) {
      report = run.run();
    }
    if (arguments.has("--json")) {
      console.print(Json.write(report.fields()));
    } else {
      report.lines(console).forEach(console::print);
    }
    if (!report.isExact()) {
      throw CommandException.failed("The load found that messages were not delivered exactly once");
    }
  }
}
