package io.carillon.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.postgres.EngineUnderTest;
import io.carillon.postgres.SecretSeal;
import io.carillon.postgres.TestPostgres;
import io.carillon.postgres.backup.TeamBackup.Team;
import io.carillon.postgres.backup.TeamRestore.Present;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team leaves one installation as a file and comes back in another, on real databases. */
class TeamBackupTest {
  private static final String OTHER_KEY = "a7".repeat(32);
  private static final Team A = new Team(new UUID(1, 0xA), "Team a");
  private static final Team B = new Team(new UUID(1, 0xB), "Team b");
  private static final UUID ANN = new UUID(2, 1);
  private static final UUID BOB = new UUID(2, 2);

  private static TestPostgres filled;
  private static TestPostgres empty;

  @TempDir private Path folder;
  private TestPostgres here;
  private TestPostgres there;
  private Connection from;
  private Connection to;

  @BeforeAll
  static void twoInstallations() throws Exception {
    filled = TestPostgres.database();
    EngineUnderTest.on(filled).close();
    try (Connection connection = filled.connect()) {
      account(connection, ANN, "ann@example.com");
      account(connection, BOB, "bob@example.com");
      fill(connection, A, "a", EngineUnderTest.MASTER_KEY);
      fill(connection, B, "b", EngineUnderTest.MASTER_KEY);
    }
    empty = TestPostgres.database();
    EngineUnderTest.on(empty, OTHER_KEY).close();
    try (Connection connection = empty.connect()) {
      account(connection, new UUID(3, 1), "ann@example.com");
    }
  }

  @AfterAll
  static void dropBoth() throws SQLException {
    filled.close();
    empty.close();
  }

  @BeforeEach
  void copies() throws SQLException {
    here = filled.copy();
    from = here.connect();
    there = empty.copy();
    to = there.connect();
  }

  @AfterEach
  void drop() throws SQLException {
    from.close();
    to.close();
    here.close();
    there.close();
  }

  private static void account(Connection connection, UUID id, String email) throws SQLException {
    run(
        connection,
        "insert into accounts values ('%s', '%s', 'hash', true, now())".formatted(id, email));
  }

  private static void fill(Connection connection, Team team, String x, String masterKey)
      throws Exception {
    SecretSeal seal = SecretSeal.of(masterKey);
    UUID hook = new UUID(4, team.id().getLeastSignificantBits());
    try (InputStream in =
        TeamBackupTest.class.getResourceAsStream("/carillon/postgres/backup/team.sql")) {
      assertThat(in).isNotNull();
      run(
          connection,
          new String(in.readAllBytes(), UTF_8)
              .replace("$team", team.id().toString())
              .replace("$ann", ANN.toString())
              .replace("$bob", BOB.toString())
              .replace("$hookseal", sealed(seal, "webhook/" + hook, "hook secret"))
              .replace("$hook", hook.toString())
              .replace("$keyseal", sealed(seal, x + "1/" + x + "key", "key secret of " + x))
              .replace("$botseal", sealed(seal, x + "1/" + x + "bot", "bot secret of " + x))
              .replace("$x", x));
    }
  }

  private static String sealed(SecretSeal seal, String owner, String secret) {
    return "'\\x" + HexFormat.of().formatHex(seal.seal(owner, secret.getBytes(UTF_8))) + "'";
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select q::text from (" + query + ") q order by 1")) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** What there is of a team, by table, without what belongs to the installation. */
  private static Map<String, List<String>> all(Connection connection, Team team)
      throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    for (String table : TeamTables.ALL.conditions().keySet()) {
      List<String> columns = new ArrayList<>(TeamTables.columns(connection, table));
      columns.removeIf(column -> SealedColumns.OWNERS.containsKey(table + "." + column));
      columns.removeAll(List.of("plan", "rules_since"));
      if (!table.equals("team_members") && !table.equals("access_tokens")) {
        all.put(table, rows(connection, TeamTables.ALL.query(table, columns, team.id())));
      }
    }
    return all;
  }

  private Path backup(Team team) throws Exception {
    Path file = folder.resolve(team.name() + ".backup");
    new TeamBackup(from, Clock.systemUTC()).write(team, file, (table, count) -> {});
    return file;
  }

  private static TeamRestore.Restored restore(
      Connection into, Path file, Present present, TeamRestore.Keys keys) throws Exception {
    return new TeamRestore(into, keys).restore(file, present, (table, count) -> {});
  }

  private static TeamRestore.Keys bothKeys() {
    return new TeamRestore.Keys(OTHER_KEY, Optional.of(EngineUnderTest.MASTER_KEY));
  }

  @Test
  void everyTableIsAccountedFor() throws SQLException {
    List<String> tables =
        rows(
            from,
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace"
                + " and c.relkind in ('r', 'p', 'v') and not c.relispartition");

    List<String> known = new ArrayList<>(TeamTables.ALL.conditions().keySet());
    known.addAll(TeamTables.ALL.leftOut().keySet());
    assertThat(known).map(name -> "(" + name + ")").containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void everySealedColumnIsOneThatIsSealedAnew() throws SQLException {
    List<String> sealed = new ArrayList<>();
    for (String table : TeamTables.ALL.conditions().keySet()) {
      for (String column : TeamTables.columns(from, table)) {
        if (column.contains("sealed") && !column.equals("sealed_at")) {
          sealed.add(table + "." + column);
        }
      }
    }
    assertThat(SealedColumns.OWNERS.keySet()).containsExactlyInAnyOrderElementsOf(sealed);
  }

  @Test
  void theExampleHasARowOfEachTable() throws SQLException {
    assertThat(all(from, A)).allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());
  }

  @Test
  void aTeamComesBackAsItWasAndNobodyElse() throws Exception {
    TeamRestore.Restored restored = restore(to, backup(A), Present.REFUSED, bothKeys());

    assertThat(restored.team()).isEqualTo(A);
    assertThat(all(to, A)).isEqualTo(all(from, A));
    assertThat(rows(to, "select id from tenants")).hasSize(1);
    assertThat(rows(to, "select count(*) from archive")).containsExactly("(2)");
  }

  @Test
  void itsSecretsOpenWithTheMasterKeyOfTheNewInstallation() throws Exception {
    restore(to, backup(A), Present.REFUSED, bothKeys());

    try (EngineUnderTest engine = EngineUnderTest.on(there, OTHER_KEY)) {
      App app = requireNonNull(engine.directory.app(new AppId("a1")));
      assertThat(app.keys())
          .extracting(ApiKey::id, key -> new String(key.secret().reveal(), UTF_8))
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(new KeyId("akey"), "key secret of a"),
              org.assertj.core.groups.Tuple.tuple(new KeyId("abot"), "bot secret of a"));
    }
    String hook = rows(to, "select encode(sealed_secret, 'hex') from webhooks").getFirst();
    assertThat(
            SecretSeal.of(OTHER_KEY)
                .open(
                    "webhook/" + new UUID(4, 0xA),
                    HexFormat.of().parseHex(hook.substring(1, hook.length() - 1))))
        .hasValueSatisfying(secret -> assertThat(secret).asString(UTF_8).isEqualTo("hook secret"));
  }

  @Test
  void membersAreFoundByTheirAddressOrNamed() throws Exception {
    TeamRestore.Restored restored = restore(to, backup(A), Present.REFUSED, bothKeys());

    assertThat(rows(to, "select email, role from team_members"))
        .containsExactly("(ann@example.com,OWNER)");
    assertThat(restored.notes())
        .anyMatch(note -> note.startsWith("bob@example.com has no account here"))
        .anyMatch(note -> note.contains("The plan big is not here"));
    assertThat(rows(to, "select plan from tenants")).containsExactly("(default)");
  }

  @Test
  void newEpochsAreAboveThoseThatCameBack() throws Exception {
    restore(to, backup(A), Present.REFUSED, bothKeys());

    assertThat(rows(to, "select last >= 7000 from archive_epochs")).containsExactly("(t)");
  }

  @Test
  void withoutTheOtherMasterKeyNothingChanges() throws Exception {
    Path file = backup(A);

    for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("b0".repeat(32)))) {
      assertThatThrownBy(
              () -> restore(to, file, Present.REFUSED, new TeamRestore.Keys(OTHER_KEY, wrong)))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("another master key");
    }
    assertThat(rows(to, "select id from tenants")).isEmpty();
  }

  @Test
  void aTeamThatIsHereIsReplacedOnlyWhenAsked() throws Exception {
    Path file = backup(A);
    Map<String, List<String>> before = all(from, A);
    Map<String, List<String>> others = all(from, B);
    TeamRestore.Keys own = new TeamRestore.Keys(EngineUnderTest.MASTER_KEY, Optional.empty());
    run(from, "delete from apps where id = 'a2'");
    run(
        from,
        "insert into usage_days values ('%s', 'a1', '-', now(), 1, 2, 3, 4, 5, 6)"
            .formatted(A.id()));

    assertThatThrownBy(() -> restore(from, file, Present.REFUSED, own))
        .hasMessageContaining("is here (expected: one that is not, or --replace)");
    restore(from, file, Present.REPLACED, own);

    assertThat(all(from, A)).isEqualTo(before);
    assertThat(all(from, B)).isEqualTo(others);
  }

  @Test
  void aFileThatWasCutIsRefusedAndChangesNothing() throws Exception {
    Path file = backup(A);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 100));

    assertThatThrownBy(() -> restore(to, file, Present.REFUSED, bothKeys()))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("expected: a whole backup");
    assertThat(rows(to, "select id from tenants")).isEmpty();
  }

  @Test
  void anAppThatIsAnotherTeamsIsNotTakenFromIt() throws Exception {
    Path file = backup(A);
    run(
        to,
        "insert into tenants (id, name, created_at) values ('%s', 'Other', now())"
            .formatted(B.id()));
    run(
        to,
        "insert into apps (id, tenant_id, name, enabled, client_events, subscription_counts,"
            + " require_sign_in, created_at) values ('a1', '%s', 'x', true, true, true, true, now())"
                .formatted(B.id()));

    assertThatThrownBy(() -> restore(to, file, Present.REFUSED, bothKeys()))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("a1");
    assertThat(rows(to, "select name from apps")).containsExactly("(x)");
  }

  @Test
  void aBackupOfANewerSchemaIsRefused() throws Exception {
    Path file = backup(A);
    run(to, "delete from flyway_schema_history where version::integer > 10");

    assertThatThrownBy(() -> restore(to, file, Present.REFUSED, bothKeys()))
        .hasMessageContaining("(expected: at most 10, which this database is at");
  }

  @Test
  void theFileIsItsOwnersAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup(A))))
        .isEqualTo("rw-------");
  }
}
