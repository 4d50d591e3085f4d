package io.carillon.benchmark.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.system.Launch;
import io.carillon.benchmark.system.RunningSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every attack at once, each by a few connections, on one packaged server: that each gets the
 * answer it has to get, and that a well-behaved client comes in the whole time. What it costs is
 * measured by {@code ./carillon attack}.
 */
class AttacksTest {
  private static final Path ROOT =
      Path.of(System.getProperty("carillon.root", "../..")).toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("deploy/standalone/target/carillon-standalone.jar");
  private static final int SOCKETS = 3;
  private static final long PATIENCE_SECONDS = 120;
  private static final long POLL_MILLIS = 20;

  /** Answers that only show when the attack ends. */
  private static final Set<String> AT_THE_END = Set.of("open", "held back");

  /** These end after half a minute or a minute: ConnectionGuardTest has them, by its own clock. */
  private static final Set<String> LONG = Set.of("silent", "slow-head", "slow-body");

  @TempDir private Path folder;

  @Test
  void everyAttackIsAnsweredAndNobodyElseIsTurnedAway() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "Linux only");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Launch launch =
        new Launch(
            ROOT, -1, Map.of("java", java, "flags", "-XX:+UseSerialGC", "jar", JAR.toString()));
    Profile profile = Profile.read(ROOT.resolve("benchmarks/profiles/carillon-small.properties"));
    try (RunningSystem system = RunningSystem.start(profile, launch, folder.resolve("system"))) {
      Newcomer newcomer = new Newcomer(Target.ofNeighbour(system));
      Thread coming = Thread.ofVirtual().start(newcomer);
      Map<Attack, Answers> answers = attack(Target.ofAttacker(system));
      newcomer.end();
      coming.join();

      answers.forEach(
          (attack, heard) ->
              assertThat(heard.of(attack.answer()))
                  .as("%s: %s (expected: %s)", attack.name(), heard.text(), attack.answer())
                  .isPositive());
      assertThat(newcomer.lap().failures()).isZero();
    }
  }

  private static Map<Attack, Answers> attack(Target target) throws InterruptedException {
    Map<Attack, Answers> answers = new LinkedHashMap<>();
    List<Raid> raids = new ArrayList<>();
    for (Attack attack : Attacks.all()) {
      if (!LONG.contains(attack.name())) {
        Raid raid = Raid.begin(attack, target, SOCKETS);
        raids.add(raid);
        answers.put(attack, raid.answers());
      }
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers.entrySet().stream().allMatch(AttacksTest::isAnswered)
        && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
    raids.forEach(Raid::close);
    return answers;
  }

  private static boolean isAnswered(Map.Entry<Attack, Answers> entry) {
    String expected = entry.getKey().answer();
    return AT_THE_END.contains(expected) || entry.getValue().of(expected) > 0;
  }
}
