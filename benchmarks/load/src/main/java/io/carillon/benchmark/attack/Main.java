package io.carillon.benchmark.attack;

import io.carillon.benchmark.attack.Siege.Outcome;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Bench;
import io.carillon.benchmark.scenario.Settings;
import io.carillon.benchmark.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attacks a server of its own, one attack after the other, and writes the table. Confined to its
 * thread.
 *
 * <p>Exit codes: 0 every attack got the answer it has to get and the neighbour lost nothing, 1 one
 * did not, 2 wrong arguments.
 */
public final class Main {
  private static final Siege.Times TIMES = new Siege.Times(10_000, 8_000, 70_000);

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(System.getProperty("carillon.root", ".")).toAbsolutePath().normalize();
    List<Attack> attacks = chosen(arguments);
    Profile profile = Profile.read(root.resolve("benchmarks/profiles/carillon-small.properties"));
    Path folder = root.resolve("target/attacks/run-" + System.nanoTime());
    List<Outcome> outcomes = new ArrayList<>();
    try (RunningSystem system =
            RunningSystem.start(profile, io.carillon.benchmark.Main.launch(root), folder);
        Bench bench = new Bench(system, Settings.DEFAULT);
        Siege siege = new Siege(system, bench, TIMES)) {
      for (Attack attack : attacks) {
        System.out.printf("%-16s ", attack.name());
        Outcome outcome = siege.run(attack);
        System.out.println(Table.line(outcome));
        outcomes.add(outcome);
      }
    } finally {
      RunningSystem.delete(folder);
    }
    Path report = root.resolve("target/attacks/attacks.md");
    Files.writeString(report, Table.of(outcomes));
    System.out.println("Table: " + report);
    System.exit(outcomes.stream().allMatch(Table::isAsExpected) ? 0 : 1);
  }

  private static List<Attack> chosen(String... arguments) {
    List<Attack> all = Attacks.all();
    List<String> names = all.stream().map(Attack::name).toList();
    List<String> wanted =
        arguments.length == 2 && arguments[0].equals("--only")
            ? Arrays.asList(arguments[1].split(",", -1))
            : names;
    if ((arguments.length != 0 && arguments.length != 2) || !names.containsAll(wanted)) {
      System.err.println(
          "usage: ./carillon attack [--only a,b,...]\n"
              + String.join(" ", arguments)
              + " (expected: some of "
              + String.join(", ", names)
              + ")");
      System.exit(2);
    }
    return all.stream().filter(attack -> wanted.contains(attack.name())).toList();
  }
}
