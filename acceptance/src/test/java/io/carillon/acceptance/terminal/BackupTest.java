package io.carillon.acceptance.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.Program;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team moves to another installation, with its keys and its history: from a server that runs and
 * from one that does not, into one that runs.
 */
class BackupTest {
  private static final int MESSAGES = 200;
  private static final String CHANNEL = "orders";

  @TempDir private Path folder;

  @Test
  void aTeamGoesOnInAnotherInstallation() {
    Path file = folder.resolve("team.backup");
    Path masterKey;
    try (ArchivedServer old = new ArchivedServer()) {
      old.publish(0, MESSAGES - 1);
      String team = team(old.folder());
      backup(old.folder(), team, file);
      old.stop();
      // Usage was written when it stopped.
      backup(old.folder(), team, file);
      masterKey = old.folder().resolve("master.key");

      Path data = folder.resolve("data");
      try (ProcessServer server =
          ProcessServer.start(
              Map.of(
                  "CARILLON_PORT", "0",
                  "CARILLON_DATA", data.toString(),
                  "CARILLON_DEMO_APP", "false"))) {
        refused(data, file);
        Program restore =
            Program.command(
                Map.of("CARILLON_DATA", data.toString()),
                "restore",
                file.toString(),
                "--master-key-file",
                masterKey.toString());
        assertThat(restore.awaitEnd()).as("%s", restore.err()).isZero();
        goesOn(server);
      }
    }
  }

  private static String team(Path data) {
    Program list = Program.command(Map.of("CARILLON_DATA", data.toString()), "backup", "--list");
    assertThat(list.awaitEnd()).as("%s", list.err()).isZero();
    assertThat(list.out()).hasSize(1);
    return list.out().getFirst().split(" ", 2)[0];
  }

  private static void backup(Path data, String team, Path file) {
    Program backup =
        Program.command(
            Map.of("CARILLON_DATA", data.toString()), "backup", team, "--out", file.toString());
    assertThat(backup.awaitEnd()).as("%s", backup.err()).isZero();
    assertThat(backup.err().getLast()).matches("\\d+ rows of .* are in .*");
    assertThat(file).isNotEmptyFile();
  }

  private static void refused(Path data, Path file) {
    Program restore =
        Program.command(Map.of("CARILLON_DATA", data.toString()), "restore", file.toString());
    assertThat(restore.awaitEnd()).isEqualTo(1);
    assertThat(restore.err().getLast())
        .startsWith("nothing was changed: ")
        .contains("another master key");
  }

  /** The old keys open the new server, and history goes on behind what came back. */
  private static void goesOn(ProcessServer server) {
    CarillonServer backend =
        CarillonServer.of(server.url().toString(), ArchivedServer.KEY, ArchivedServer.SECRET);
    Deadline.await("the app's keys", () -> isPublished(backend));

    Program history =
        Program.command(
            Map.of(
                "CARILLON_URL", server.url().toString(),
                "CARILLON_KEY", ArchivedServer.KEY,
                "CARILLON_SECRET", ArchivedServer.SECRET),
            "history",
            CHANNEL,
            "--reverse",
            "--limit",
            "all");
    assertThat(history.awaitEnd()).as("%s", history.err()).isZero();
    List<String> numbers =
        history.out().stream().map(line -> line.substring(line.lastIndexOf('\t') + 1)).toList();
    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(0, MESSAGES).mapToObj(String::valueOf).toList());
  }

  private static boolean isPublished(CarillonServer backend) {
    try {
      backend.publish(CHANNEL, Outgoing.of("n", MESSAGES).withId("n-" + MESSAGES));
      return true;
    } catch (CarillonException notYet) {
      return false;
    }
  }
}
