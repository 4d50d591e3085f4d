package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path data;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subscribe                      | subscribe: 0 of them (expected: 1 to 100 times <channel>)",
        "publish a b                    | publish: a b (expected: <channel> <event> <data>)",
        "publish a b c --count 0        | publish: --count: 0 (expected: 1 to 100000000)",
        "subscribe a --url              | subscribe: --url: nothing (expected: a value behind it)",
        "subscribe a --url x --url y    | subscribe: --url: twice (expected: once)",
        "subscribe a --since 7          | subscribe: --since: 7 (expected: a position such as 1@42)",
        "subscribe a --url ftp://x --key k --secret s"
            + " | subscribe: --url: ftp://x (expected: http(s)://host[:port])",
        "presence a --bell"
            + " | presence: --bell: no such option (expected: --app, --client-id, --enter, --json,"
            + " --key, --secret, --token, --url, --watch)",
        "history a --from noon"
            + " | history: --from: noon (expected: a position such as 1@42, a time such as"
            + " 2026-01-31T09:00:00Z, or 10m)",
        "load a                         | load: a (expected: options alone)"
      })
  void misuseIsToldInOneLineWithWhatWasExpected(String line, String told) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    String command = line.split(" ", -1)[0];
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(told, "  ./carillon help " + command + " shows how it is used");
  }

  @Test
  void anUnknownCommandIsAnsweredWithWhatThereIs() {
    assertThat(run("sing")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("usage: ").contains("sing: no such command");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "publish", "presence", "history", "load"})
  void theHelpOfACommandHasAllItsOptions(String name) {
    assertThat(run(name, "--help")).isZero();
    String page = out.toString(UTF_8);
    assertThat(page).startsWith("usage: ./carillon " + name);
    Command command =
        switch (name) {
          case "subscribe" -> new SubscribeCommand();
          case "publish" -> new PublishCommand();
          case "presence" -> new PresenceCommand();
          case "history" -> new HistoryCommand();
          default -> new LoadCommand();
        };
    assertThat(command.options().all()).allMatch(option -> page.contains("  " + option + " "));
  }

  @Test
  void withoutADemoAppItIsSaidHowToGetOne() {
    assertThat(run("subscribe", "a")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("subscribe: no demo app in " + data)
        .contains("./carillon start once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish a b c", "subscribe a", "presence a", "history a", "load"})
  void aServerThatDoesNotRunIsSaidInOneLine(String line) throws IOException {
    String url = "http://127.0.0.1:" + closedPort();
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.addAll(List.of("--url", url, "--key", "k", "--secret", "s"));

    assertThat(run(words.toArray(String[]::new))).isEqualTo(1);

    assertThat(err.toString(UTF_8).lines().filter(told -> !told.startsWith("Load")))
        .containsExactly(
            "no Carillon server answers at "
                + url
                + " (expected: a running one; ./carillon start)");
  }

  private int run(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Console.Style.PLAIN);
    return CommandLine.run(
        arguments,
        new Command.Surroundings(
            Map.of("CARILLON_DATA", data.toString()),
            new ByteArrayInputStream(new byte[0]),
            data,
            console));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
