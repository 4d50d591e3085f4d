package io.carillon.acceptance.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.CuttingProxy;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Program;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of a chat in Java, as two processes in conversation. */
@WithCarillon
class JavaChatTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "java-chat", "Chat.java");
  private static final Duration STARTED = Duration.ofSeconds(60);

  @Test
  void aConversationGoesOnThroughCuts(TestApp app) throws Exception {
    assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(80);
    List<String> annSaid = new ArrayList<>();
    List<String> bobSaid = new ArrayList<>();
    try (CuttingProxy proxy = new CuttingProxy(app.server());
        Program ann = chat(app, proxy.url(), "Ann");
        Program bob = chat(app, proxy.url(), "Bob")) {
      Deadline.await("both", STARTED, () -> ann.out().contains("* here: Ann, Bob"));
      Deadline.await("both", STARTED, () -> bob.out().toString().contains("* type a line"));
      Deadline.await("both", STARTED, () -> ann.out().toString().contains("* type a line"));
      ann.type("");
      Deadline.await("typing", () -> bob.out().contains("* Ann is typing"));

      for (int i = 1; i <= 60; i++) {
        say(ann, annSaid, "Ann: " + i);
        say(bob, bobSaid, "Bob: " + i);
        if (i % 20 == 10) {
          proxy.cut();
        }
      }

      for (Program each : List.of(ann, bob)) {
        Deadline.await("all messages", STARTED, () -> said(each, "").size() >= 120);
        assertThat(said(each, "Ann: ")).isEqualTo(annSaid);
        assertThat(said(each, "Bob: ")).isEqualTo(bobSaid);
        assertThat(each.out()).contains("* offline; what you type waits");
      }
      assertThat(said(ann, "")).as("one order for both").isEqualTo(said(bob, ""));
      assertThat(bob.endInput().awaitEnd()).as("%s", bob.err()).isZero();
      Deadline.await("leave", () -> ann.out().getLast().equals("* here: Ann"));
      try (Program late = chat(app, app.server().toString(), "Cleo")) {
        Deadline.await("history", STARTED, () -> said(late, "").size() == 20);
        assertThat(said(late, "")).isEqualTo(said(ann, "").subList(100, 120));
      }
      assertThat(ann.err()).isEmpty();
    }
  }

  private static void say(Program who, List<String> said, String line) {
    said.add(line);
    who.type(line.substring(line.indexOf(' ') + 1));
  }

  private static List<String> said(Program who, String by) {
    return who.out().stream().filter(line -> !line.startsWith("*") && line.startsWith(by)).toList();
  }

  private static Program chat(TestApp app, String url, String name) {
    return Program.file(EXAMPLE, url, app.key(), app.secret(), name);
  }
}
