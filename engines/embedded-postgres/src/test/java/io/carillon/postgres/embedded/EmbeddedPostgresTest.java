package io.carillon.postgres.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  /** For the tests that leave a sound cluster behind, which takes a while to make. */
  @TempDir static Path used;

  @TempDir Path folder;

  @Test
  void aNewFolderIsFilledAndTheNextStartFindsItsData() throws Exception {
    List<String> progress = new ArrayList<>();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, progress::add)) {
      execute(postgres, "create table bells (name text)");
      execute(postgres, "insert into bells values ('Emmanuel')");
    }
    assertThat(progress).hasSize(2);

    progress.clear();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, progress::add)) {
      assertThat(query(postgres, "select name from bells")).isEqualTo("Emmanuel");
    }
    assertThat(progress).isEmpty();
  }

  @Test
  void onlyThePasswordOpensItAndOnlyItsOwnerReadsThePassword() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(used, step -> {})) {
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "carillon", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      Path password = used.resolve("postgres/cluster/password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThat(postgres.toString()).doesNotContain(postgres.password());
      assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(postgres, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void aFolderThatAnotherProcessUsesIsRefusedAndItsOrphanIsStopped() throws Exception {
    try (StartedElsewhere elsewhere = StartedElsewhere.on(folder)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder, step -> {}))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining(folder + " is in use by process " + elsewhere.pid() + ":");

      elsewhere.kill();
    }
    Postmaster orphan = Objects.requireNonNull(Postmaster.in(data(folder)));
    assertThat(orphan.runsOn(data(folder))).isTrue();
    assertThatItKnowsNoSettings(orphan);

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, step -> {})) {
      assertThat(orphan.runsOn(data(folder))).isFalse();
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  /** Whoever is let in as its superuser may read what it was started with. */
  private static void assertThatItKnowsNoSettings(Postmaster postmaster) throws IOException {
    Path environment = Path.of("/proc", String.valueOf(postmaster.pid()), "environ");
    if (Files.exists(environment)) {
      assertThat(Files.readString(environment, ISO_8859_1))
          .contains("LC_ALL=C")
          .doesNotContain(StartedElsewhere.SETTING);
    }
  }

  @Test
  void aSecondStartInOneProcessIsRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(used, step -> {})) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(used, step -> {}))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aPidFileOfAnEarlierLifeOfTheMachineIsNoObstacle() throws Exception {
    EmbeddedPostgres.start(used, step -> {}).close();
    Files.writeString(
        Postmaster.file(data(used)),
        ProcessHandle.current().pid() + "\n" + data(used) + "\n1\n5432\n");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(used, step -> {})) {
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aPortInUseIsToldWithTheServersOwnWords() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedPostgres.start(used, port, step -> {}))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("Postgres did not start on port " + port)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void dataOfAnotherVersionIsLeftAlone() throws Exception {
    EmbeddedPostgres.start(folder, step -> {}).close();
    Files.writeString(data(folder).resolve("PG_VERSION"), "9\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(folder, step -> {}))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("was made by Postgres 9 (expected: the version of postgres (Postgre");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("data"), step -> {}))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageStartingWith("data folder: " + file.resolve("data"))
        .hasMessageContaining("CARILLON_DATA");
  }

  @Test
  void aSystemWithoutTarUnpacksTheSame() throws IOException {
    Path withTar = Binaries.unpacked(folder.resolve("tar"), step -> {}).folder();
    Path here = folder.resolve("here");

    Binaries.unpackHere(Binaries.archive(), here);

    assertThat(listing(here)).hasSizeGreaterThan(100).isEqualTo(listing(withTar));
  }

  /** Each path with what distinguishes it: length, and whether it can be run. */
  private static List<String> listing(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !Files.isDirectory(path))
          .map(
              path ->
                  root.relativize(path)
                      + " "
                      + path.toFile().length()
                      + (Files.isSymbolicLink(path) ? " link" : "")
                      + (Files.isExecutable(path) ? " executable" : ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void anAccountThatCannotRunTheServerIsPassedOver() {
    Binaries binaries = new Binaries(folder);
    Account missing = new Account(List.of("no-such-program"), -1, "");
    Account refusing = new Account(List.of("false"), -1, "");

    assertThat(Account.able(binaries, List.of(missing, new Account(List.of("echo"), -1, ""))))
        .extracting(Account::prefix)
        .isEqualTo(List.of("echo"));
    assertThatThrownBy(() -> Account.able(binaries, List.of(missing, refusing)))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("refuses to run as root")
        .hasMessageContaining("no-such-program")
        .hasMessageContaining("CARILLON_POSTGRES_URL");
  }

  private static Path data(Path folder) throws IOException {
    return folder.toRealPath().resolve("postgres/cluster/data");
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres)) {
      connection.createStatement().execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
