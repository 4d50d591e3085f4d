package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit by `systemd-analyze`, which needs no running systemd. */
class SystemdUnitTest {
  private static final Path UNIT = Path.of("..", "systemd", "carillon.service");
  private static final int EXPOSURE_MAX = 20;

  @TempDir private Path folder;

  /** A copy whose programs are there. */
  private Path unit() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Files.writeString(
        folder.resolve("carillon.service"),
        Files.readString(UNIT).replace("/opt/carillon/java/bin/java", java));
  }

  @Test
  void itIsWellFormed() throws IOException {
    Tool verify = Tool.run(folder, Map.of(), "systemd-analyze", "verify", unit().toString());

    assertThat(verify.output()).doesNotContain("carillon.service:");
    assertThat(verify.code()).isZero();
  }

  @Test
  void itMayDoLittle() throws IOException {
    Tool security =
        Tool.run(
            folder,
            Map.of(),
            "systemd-analyze",
            "security",
            "--offline=true",
            "--threshold=" + EXPOSURE_MAX,
            unit().toString());

    assertThat(security.code()).as(security.output()).isZero();
  }
}
