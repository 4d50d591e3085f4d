package io.carillon.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes what the database knows of a team into one file, all of it as it was at one moment, while
 * nodes go on. Secrets stay sealed with the installation's master key, which is not in the file.
 * Confined to its caller.
 *
 * <p>The file is a ZIP: for each table what {@code COPY} writes, and last of all the manifest.
 */
public final class TeamBackup {
  private final Connection connection;
  private final Clock clock;

  /**
   * Takes the connection for itself: it is left with a transaction rolled back.
   *
   * @param connection of the driver itself, without a time limit for answers
   */
  public TeamBackup(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** A team by its id and name. */
  public record Team(UUID id, String name) {}

  /** All teams, by name. */
  public List<Team> teams() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select id, name from tenants order by name, id");
        ResultSet rows = select.executeQuery()) {
      List<Team> teams = new ArrayList<>();
      while (rows.next()) {
        teams.add(new Team(rows.getObject(1, UUID.class), rows.getString(2)));
      }
      return teams;
    }
  }

  /**
   * Writes the file, whole or not at all; it is readable by its owner only.
   *
   * @param file is replaced when it is there
   * @param progress is told each table and its number of rows
   * @return how many rows it has
   */
  public long write(Team team, Path file, ObjLongConsumer<String> progress)
      throws SQLException, IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      long rows;
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)), UTF_8)) {
        rows = write(team, zip, progress);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private long write(Team team, ZipOutputStream zip, ObjLongConsumer<String> progress)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try {
      Map<String, Manifest.Table> tables = new LinkedHashMap<>();
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : TeamTables.ALL.conditions().keySet()) {
        List<String> columns = TeamTables.columns(connection, table);
        zip.putNextEntry(new ZipEntry(table + ".copy"));
        long rows =
            copies.copyOut(
                "copy (" + TeamTables.ALL.query(table, columns, team.id()) + ") to stdout",
                kept(zip));
        zip.closeEntry();
        tables.put(table, new Manifest.Table(columns, rows));
        progress.accept(table, rows);
      }
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      new Manifest(team.id(), team.name(), clock.instant(), origin(), tables).write(kept(zip));
      zip.closeEntry();
      return tables.values().stream().mapToLong(Manifest.Table::rows).sum();
    } finally {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
    }
  }

  /** The driver closes what it has written to. */
  private static OutputStream kept(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() {
        // the file goes on
      }
    };
  }

  private Manifest.Origin origin() throws SQLException {
    return new Manifest.Origin(
        Schema.version(connection), HexFormat.of().formatHex(Schema.sealedCheck(connection)));
  }
}
