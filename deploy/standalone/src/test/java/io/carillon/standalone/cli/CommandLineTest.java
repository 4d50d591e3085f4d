package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path data;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void wrongArgumentsAreAnsweredWithTheUsage() {
    assertThat(run("subscribe")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("usage: ./carillon subscribe <channel>");
  }

  @Test
  void anOptionNeedsItsValue() {
    assertThat(run("subscribe", "a", "--url")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualToIgnoringNewLines("--url: nothing (expected: a value behind it)");
  }

  @Test
  void withoutADemoAppItIsSaidHowToGetOne() {
    assertThat(run("subscribe", "a")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("no demo app in " + data)
        .contains("./carillon start once");
  }

  @Test
  void aServerThatDoesNotRunIsSaidInOneLine() throws IOException {
    String url = "http://127.0.0.1:" + closedPort();

    assertThat(run(withApp(url, "publish", "a", "b", "c"))).isEqualTo(1);
    assertThat(run(withApp(url, "subscribe", "a"))).isEqualTo(1);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "no Carillon server answers at " + url + " (expected: a running one; ./carillon start)",
            "no Carillon server answers at "
                + url
                + " (expected: a running one; ./carillon start)");
  }

  @Test
  void aRefusalShowsTheServersReason() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/apps/1/events",
        exchange -> {
          byte[] reason = "unknown key\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(401, reason.length);
          exchange.getResponseBody().write(reason);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();

      assertThat(run(withApp(url, "publish", "a", "b", "c"))).isEqualTo(1);
      assertThat(run(withApp(url, "subscribe", "a"))).isEqualTo(1);

      assertThat(err.toString(UTF_8).lines())
          .containsExactly(
              "not published: unknown key (HTTP 401)", url + " is no Carillon server: HTTP 404");
    } finally {
      server.stop(0);
    }
  }

  private int run(String... arguments) {
    return CommandLine.run(
        arguments,
        Map.of("CARILLON_DATA", data.toString()),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private static String[] withApp(String url, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", url, "--app", "1", "--key", "k", "--secret", "s"));
    return all.toArray(String[]::new);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
