package io.carillon.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
  private final long self = ProcessHandle.current().pid();

  @BeforeEach
  void onLinux() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")), "Linux only");
  }

  @Test
  void knowsWhatAProcessUses() {
    assertThat(ProcFiles.cpuTicks(Set.of(self))).isPositive();
    assertThat(ProcFiles.busyTicks()).isGreaterThan(ProcFiles.cpuTicks(Set.of(self)));
    assertThat(ProcFiles.proportionalBytes(Set.of(self))).isGreaterThan(1 << 20);
    assertThat(ProcFiles.jvms(Set.of(self))).containsExactly(self);
  }

  @Test
  void aProcessThatIsGoneCountsAsNothing() {
    assertThat(ProcFiles.cpuTicks(Set.of(0L))).isZero();
    assertThat(ProcFiles.proportionalBytes(Set.of(0L))).isZero();
  }

  @Test
  void aFamilyHasChildrenAndWhatIsMarked() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("BENCHMARK_TEST", "marked");
    Process child = builder.start();
    try {
      assertThat(ProcFiles.family(Set.of(self), "")).contains(self, child.pid());
      assertThat(ProcFiles.family(Set.of(), "BENCHMARK_TEST=marked")).contains(child.pid());
    } finally {
      child.destroyForcibly();
    }
  }
}
