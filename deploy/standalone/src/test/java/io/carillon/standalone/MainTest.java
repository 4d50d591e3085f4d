package io.carillon.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process from outside: its words and exit codes. */
class MainTest {
  @TempDir Path folder;

  private record Ended(int code, String text) {}

  @Test
  void aPortInUseIsSaidInOneLineBeforeAnythingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      Ended ended = run(Map.of("CARILLON_PORT", String.valueOf(port)));

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.text().lines())
          .containsExactly(
              "port " + port + " is in use (expected: a free port; set CARILLON_PORT)");
    }
  }

  @Test
  void everyWrongSettingIsSaid() throws Exception {
    Ended ended = run(Map.of("CARILLON_PORT", "x", "CARILLON_DATTA", "y"));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text().lines())
        .containsExactlyInAnyOrder(
            "CARILLON_PORT: x (expected: 0..65535)",
            "CARILLON_DATTA: no such setting (expected: a known one; nearest: CARILLON_DATA)");
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() throws Exception {
    Ended ended = run(Map.of("CARILLON_HOST", "192.0.2.1", "CARILLON_PORT", "0"));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text().lines())
        .containsExactly("host: 192.0.2.1 (expected: an address of this machine)");
  }

  @Test
  void aPostgresThatCannotBeReachedIsSaidWithoutThePassword() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }

    Ended ended =
        run(
            Map.of(
                "CARILLON_POSTGRES_URL",
                "postgres://me:hunter2@127.0.0.1:" + port + "/carillon",
                "CARILLON_PORT",
                "0"));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text())
        .contains("jdbc:postgresql://127.0.0.1:" + port + "/carillon refuses: ")
        .doesNotContain("hunter2");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheUsage() throws Exception {
    Ended ended = run(Map.of(), "sing");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text()).startsWith("usage: ");
  }

  private Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), text);
  }
}
