package io.carillon.acceptance.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.CuttingProxy;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Program;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of {@code ./carillon} that are clients, against a server that was started. */
@WithCarillon
class CommandsTest {
  private static final Duration STARTED = Duration.ofSeconds(40);

  @Test
  void whatIsPublishedIsPrintedWithItsPositionAlsoAfterACut(TestApp app) {
    try (CuttingProxy proxy = new CuttingProxy(app.server());
        Program subscriber = commandAt(app, proxy.url(), "subscribe", "room")) {
      Deadline.await(
          "subscription",
          STARTED,
          () -> subscriber.err().toString().contains("Subscribed to room"));
      assertThat(command(app, "publish", "room", "greeting", "{\"text\":\"hello\"}").awaitEnd())
          .isZero();
      Deadline.await("message", () -> subscriber.out().size() == 1);
      assertThat(subscriber.out().getFirst())
          .matches("\\S+\t\\d+@1\tgreeting\t\\{\"text\":\"hello\"}");

      proxy.cut();
      Deadline.await("loss", () -> subscriber.err().toString().contains("Connection lost"));
      Program many =
          command(app, "publish", "room", "load", "{{n}}", "--count", "250", "--id", "run");
      assertThat(many.awaitEnd()).isZero();
      assertThat(many.out().getFirst())
          .startsWith("Published 250 to room from ")
          .endsWith("0 had been there already");
      Deadline.await("all messages", STARTED, () -> subscriber.out().size() == 251);

      assertThat(subscriber.out().get(250)).endsWith("@251\tload\t250");
      assertThat(subscriber.stop()).isEqualTo(143);
      Program again =
          command(app, "publish", "room", "load", "{{n}}", "--count", "250", "--id", "run");
      assertThat(again.awaitEnd()).isZero();
      assertThat(again.out().getFirst()).endsWith("250 had been there already");
    }
  }

  @Test
  void historyIsReadInBothDirectionsAndByPositionAndTime(TestApp app) {
    assertThat(command(app, "publish", "past", "n", "{{n}}", "--count", "1500").awaitEnd())
        .isZero();

    Program newest = command(app, "history", "past", "--limit", "2", "--json");
    assertThat(newest.awaitEnd()).isZero();
    assertThat(newest.out()).hasSize(2);
    assertThat(newest.out().getFirst()).contains("\"event\":\"n\",\"data\":1500,");
    String position = newest.out().getFirst().replaceAll(".*\"position\":\"(\\d+)@\\d+\".*", "$1");

    Program oldest =
        command(
            app,
            "history",
            "past",
            "--reverse",
            "--limit",
            "all",
            "--from",
            "1h",
            "--until",
            position + "@1203");
    assertThat(oldest.awaitEnd()).isZero();
    assertThat(oldest.out().getLast()).endsWith("\tn\t1203");
    assertThat(oldest.out().size()).isGreaterThan(700);

    Program nothing = command(app, "history", "past", "--until", "2020-01-31T09:00:00Z");
    assertThat(nothing.awaitEnd()).isZero();
    assertThat(nothing.out()).isEmpty();
  }

  @Test
  void whoIsPresentIsPrintedAndLeavesCleanly(TestApp app) {
    try (Program watching = command(app, "presence", "lobby", "--watch", "--json")) {
      Deadline.await(
          "roster", STARTED, () -> watching.err().toString().contains("0 members on lobby"));
      Program ann =
          command(app, "presence", "lobby", "--enter", "{\"name\":\"Ann\"}", "--client-id", "ann");
      Deadline.await("entering", STARTED, () -> watching.out().size() == 1);
      assertThat(watching.out().getFirst())
          .startsWith("{\"type\":\"entered\",\"channel\":\"lobby\"")
          .contains("\"clientId\":\"ann\",\"data\":{\"name\":\"Ann\"}");

      ann.stop();

      Deadline.await("leave", Duration.ofSeconds(5), () -> watching.out().size() == 2);
      assertThat(watching.out().get(1)).startsWith("{\"type\":\"left\"");
    }
  }

  @Test
  void theLoadFindsThatNothingIsLost(TestApp app) {
    Program load =
        command(
            app,
            "load",
            "--seconds",
            "1",
            "--warm-up",
            "0",
            "--rate",
            "100",
            "--channels",
            "2",
            "--subscribers",
            "2",
            "--publishers",
            "2",
            "--json");
    assertThat(load.awaitEnd()).as("%s", load.err()).isZero();
    assertThat(load.out().getFirst())
        .contains("\"lost\":0,\"duplicated\":0,\"reordered\":0,\"gaps\":0,\"exact\":true");
  }

  @Test
  void aRefusalNamesTheErrorAndWhatToDo(TestApp app) {
    Program refused =
        Program.command(
            Map.of(
                "CARILLON_URL",
                app.server().toString(),
                "CARILLON_KEY",
                app.key(),
                "CARILLON_SECRET",
                "wrong"),
            "publish",
            "room",
            "n",
            "1");
    assertThat(refused.awaitEnd()).isEqualTo(1);
    assertThat(refused.err().toString()).contains("credentials-invalid", "What to do: ");

    Program misused = command(app, "publish", "room");
    assertThat(misused.awaitEnd()).isEqualTo(2);
    assertThat(misused.err().getFirst())
        .isEqualTo("publish: room (expected: <channel> <event> <data>)");
  }

  private static Program command(TestApp app, String... words) {
    return commandAt(app, app.server().toString(), words);
  }

  private static Program commandAt(TestApp app, String url, String... words) {
    return Program.command(
        Map.of("CARILLON_URL", url, "CARILLON_KEY", app.key(), "CARILLON_SECRET", app.secret()),
        words);
  }
}
