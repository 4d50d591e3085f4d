package io.carillon.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No file of a server's memory is written by itself: it has the master key, the secrets of keys and
 * what people typed. What is asked here is the JVM itself, with the arguments that ours starts
 * with.
 */
class MemoryFilesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path ARGUMENTS = ROOT.resolve("deploy/standalone/jvm.args").toAbsolutePath();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CANARY = "canary-of-the-master-key-0123456789";
  private static final int PATIENCE_SECONDS = 30;

  /** What writes such files, or runs a program that could. */
  private static final Pattern WRITERS =
      Pattern.compile(
          "HeapDump|StartFlightRecording|CrashOnOutOfMemoryError|XX:OnError|XX:OnOutOfMemoryError"
              + "|\\+CreateCoredumpOnCrash|LimitCORE=(?!0$)|ulimit -c");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "CreateCoredumpOnCrash, false",
    "HeapDumpOnOutOfMemoryError, false",
    "CrashOnOutOfMemoryError, false",
    // for its own user, who may read its memory by other ways; the runbooks need it
    "DisableAttachMechanism, false"
  })
  void theJvmTakesIt(String flag, String value) {
    Tool flags =
        Tool.run(folder, Map.of(), JAVA, "@" + ARGUMENTS, "-XX:+PrintFlagsFinal", "-version");

    assertThat(flags.code()).as(flags.output()).isZero();
    Matcher found =
        Pattern.compile("(?m)^\\s*bool " + flag + "\\s+= (\\w+)").matcher(flags.output());
    assertThat(found.find()).as(flag).isTrue();
    assertThat(found.group(1)).isEqualTo(value);
  }

  @Test
  void nothingThatStartsAServerWritesItsMemory() throws IOException {
    List<Path> starters = new ArrayList<>(List.of(ROOT.resolve("carillon"), ARGUMENTS));
    for (String part : List.of("docker", "compose", "helm", "systemd")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve("deploy").resolve(part))) {
        files.filter(Files::isRegularFile).forEach(starters::add);
      }
    }
    assertThat(starters).hasSizeGreaterThan(10);

    for (Path starter : starters) {
      for (String line : Files.readAllLines(starter)) {
        assertThat(WRITERS.matcher(line).find()).as("%s: %s", starter, line).isFalse();
      }
    }
  }

  @Test
  void imageAndServiceStartWithTheArguments() throws IOException {
    for (String starter : List.of("docker/Dockerfile", "systemd/carillon.service")) {
      assertThat(Files.readString(ROOT.resolve("deploy").resolve(starter)))
          .contains("@/opt/carillon/jvm.args");
    }
    assertThat(Files.readString(ROOT.resolve("deploy/systemd/carillon.service")))
        .contains("LimitCORE=0");
  }

  /** A JVM that ends by a fault tells what it was doing, and not what it knew. */
  @Test
  void aCrashLeavesAReportWithoutSettings() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -c unlimited 2>/dev/null; exec \"$@\"",
                "bash",
                JAVA,
                "@" + ARGUMENTS,
                "-cp",
                System.getProperty("java.class.path"),
                Crashing.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("CARILLON_MASTER_KEY", CANARY);
    Process process = builder.start();
    try (var said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("started " + CANARY.length());
      Tool.run(folder, Map.of(), "bash", "-c", "kill -SEGV " + process.pid());
      said.lines().forEach(line -> assertThat(line).doesNotContain(CANARY));
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    try (Stream<Path> left = Files.list(folder)) {
      List<Path> files = left.toList();
      assertThat(files).singleElement().asString().contains("hs_err_pid");
      assertThat(Files.readString(files.getFirst()))
          .contains("SIGSEGV", "CreateCoredumpOnCrash turned off")
          .doesNotContain(CANARY);
    }
  }

  /** Knows a setting and waits. */
  static final class Crashing {
    private Crashing() {}

    public static void main(String[] arguments) throws InterruptedException {
      String key = requireNonNull(System.getenv("CARILLON_MASTER_KEY"));
      System.out.println("started " + key.length());
      Thread.currentThread().join();
    }
  }
}
