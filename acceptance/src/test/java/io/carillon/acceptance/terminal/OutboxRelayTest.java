package io.carillon.acceptance.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.Program;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay as a program, with a tenant's own Postgres. */
@WithCarillon
class OutboxRelayTest {
  private static final Path README = Path.of("..", "relay", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Duration STARTED = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startDatabase() {
    postgres = EmbeddedPostgres.start(folder.resolve("tenant"), progress -> {});
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static Map<String, String> environment(TestApp app) {
    return Map.of(
        "DATABASE_URL",
        postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password(),
        "CARILLON_URL",
        app.server().toString(),
        "CARILLON_KEY",
        app.key(),
        "CARILLON_SECRET",
        app.secret());
  }

  private static Program relay(TestApp app) {
    return Program.jar(System.getProperty("carillon.relay.jar", ""), environment(app));
  }

  private static void untilReady(Program relay) {
    Deadline.await(
        "relay, but " + relay.err(),
        STARTED,
        () -> relay.err().toString().contains("The relay is ready"));
  }

  private static void publish(Connection connection, String channel, int number)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select carillon_publish(?, 'n', to_jsonb(?::int))")) {
      statement.setString(1, channel);
      statement.setInt(2, number);
      statement.executeQuery().close();
    }
  }

  private static int rows() {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from carillon_outbox")) {
      return row.next() ? row.getInt(1) : -1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NativeSocket listening(TestApp app, String channel) {
    NativeSocket client = new NativeSocket(app.server(), app.key());
    client.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"" + channel + "\"}");
    client.await("subbed");
    return client;
  }

  private static List<Integer> heard(NativeSocket client, int count) {
    List<Integer> heard = new ArrayList<>();
    while (heard.size() < count) {
      for (JsonNode message : client.await("msg").get("m")) {
        heard.add(message.get("d").asInt());
      }
    }
    return heard;
  }

  private static String block(String language) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(README));
    while (blocks.find()) {
      if (blocks.group(1).equals(language)) {
        return blocks.group(2);
      }
    }
    throw new AssertionError("no " + language + " in " + README);
  }

  @Test
  void theQuickStartDoesWhatItSays(TestApp app) throws Exception {
    String command = block("sh");
    assertThat(command).contains("java -jar relay/target/carillon-relay.jar");
    assertThat(environment(app).keySet()).allSatisfy(it -> assertThat(command).contains(it + "="));
    try (Program relay = relay(app);
        NativeSocket client = listening(app, "orders:42")) {
      untilReady(relay);
      try (Connection connection = connection();
          Statement statement = connection.createStatement()) {
        statement.execute(block("sql"));
      }

      assertThat(client.await("msg").at("/m/0/d/order").asInt()).isEqualTo(42);
      Deadline.await("empty outbox", () -> rows() == 0);
      assertThat(relay.stop()).as("%s", relay.err()).isBetween(0, 143);
    }
  }

  @Test
  void whatIsCommittedIsPublishedAndWhatIsRolledBackIsNot(TestApp app) throws Exception {
    try (Program relay = relay(app);
        NativeSocket client = listening(app, "both");
        Connection connection = connection()) {
      untilReady(relay);
      connection.setAutoCommit(false);
      publish(connection, "both", 1);
      publish(connection, "both", 2);
      connection.rollback();
      publish(connection, "no channel: \u0001", 3);
      publish(connection, "both", 3);
      publish(connection, "both", 4);
      connection.commit();

      assertThat(heard(client, 2)).containsExactly(3, 4);
      Deadline.await("what is refused", () -> rows() == 1);
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("delete from carillon_outbox returning problem")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).contains("channel");
      }
      connection.commit();
    }
  }

  @Test
  void aRelayThatIsKilledInTheMiddleLeavesEachMessageOnceAndInOrder(TestApp app) throws Exception {
    int channels = 3;
    int messages = 200;
    List<NativeSocket> clients = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      clients.add(listening(app, "stream-" + i));
    }
    try (Program first = relay(app);
        Connection connection = connection()) {
      untilReady(first);
      connection.setAutoCommit(false);
      for (int number = 0; number < messages; number++) {
        for (int i = 0; i < channels; i++) {
          publish(connection, "stream-" + i, number);
        }
      }
      connection.commit();
      Deadline.await("a part", STARTED, () -> rows() < channels * messages - 30);
      first.kill();
      assertThat(rows()).as("killed in the middle").isPositive();
      try (Program second = relay(app);
          Program third = relay(app)) {
        untilReady(second);
        untilReady(third);
        for (NativeSocket client : clients) {
          assertThat(heard(client, messages))
              .isEqualTo(IntStream.range(0, messages).boxed().toList());
        }
        Deadline.await("empty outbox", STARTED, () -> rows() == 0);
        // nothing came twice: the marker is the next that each hears
        for (int i = 0; i < channels; i++) {
          publish(connection, "stream-" + i, -1);
        }
        connection.commit();
        for (NativeSocket client : clients) {
          assertThat(heard(client, 1)).containsExactly(-1);
        }
      }
    } finally {
      clients.forEach(NativeSocket::close);
    }
  }
}
