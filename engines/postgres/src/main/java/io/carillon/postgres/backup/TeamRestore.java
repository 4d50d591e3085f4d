package io.carillon.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.postgres.SecretSeal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/**
 * Writes a team's backup into a database, in one transaction: all of it or nothing. Nodes may run;
 * they are told of the apps as of any change. Confined to its caller.
 */
public final class TeamRestore {
  private final Connection connection;
  private final Keys keys;

  /**
   * The master keys, as the settings take them.
   *
   * @param own of this installation
   * @param theirs of the one that made the backup, when it is another one
   */
  public record Keys(String own, Optional<String> theirs) {
    @Override
    public String toString() {
      return "Keys(hidden)";
    }
  }

  /** Whether a team of this id that is here already goes first. */
  public enum Present {
    REFUSED,
    REPLACED
  }

  /**
   * What was done.
   *
   * @param notes what is not as it was, in sentences for people
   */
  public record Restored(TeamBackup.Team team, long rows, List<String> notes) {}

  /**
   * Takes the connection for itself.
   *
   * @param connection of the driver itself, without a time limit for answers
   */
  public TeamRestore(Connection connection, Keys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /**
   * Restores.
   *
   * @param progress is told each table and its number of rows
   * @throws BackupException when the file, the database and the keys do not fit
   */
  public Restored restore(Path file, Present present, ObjLongConsumer<String> progress)
      throws SQLException, IOException {
    try (ZipFile zip = new ZipFile(file.toFile(), UTF_8)) {
      Manifest manifest = manifest(zip, file);
      SealedColumns seals = seals(manifest);
      connection.setAutoCommit(false);
      try {
        Restored restored = restore(zip, manifest, present, progress);
        seals.reseal(connection, manifest.team());
        connection.commit();
        return restored;
      } catch (PSQLException e) {
        throw new BackupException(file.getFileName() + " does not fit: " + e.getMessage(), e);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (ZipException e) {
      throw new BackupException(file + " (expected: a whole backup; " + e.getMessage() + ")", e);
    }
  }

  private static Manifest manifest(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new BackupException(file + " (expected: a backup of a team)");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Manifest.read(in);
    }
  }

  private SealedColumns seals(Manifest manifest) throws SQLException {
    int here = Schema.version(connection);
    int there = manifest.origin().schema();
    if (there > here) {
      throw new BackupException(
          "a backup of schema "
              + there
              + " (expected: at most "
              + here
              + ", which this database is"
              + " at; start a Carillon as new as the one that made it)");
    }
    SecretSeal own = SecretSeal.of(keys.own());
    if (own.open(SecretSeal.CHECK, Schema.sealedCheck(connection)).isEmpty()) {
      throw new BackupException("the master key (expected: the one of this database)");
    }
    if (own.open(SecretSeal.CHECK, manifest.origin().check()).isPresent()) {
      return SealedColumns.same();
    }
    SecretSeal theirs = keys.theirs().map(SecretSeal::of).orElse(null);
    if (theirs == null || theirs.open(SecretSeal.CHECK, manifest.origin().check()).isEmpty()) {
      throw new BackupException(
          "the secrets in this backup are sealed with another master key (expected: --master-key-file"
              + " with the key of the installation that made it)");
    }
    return SealedColumns.from(theirs, own);
  }

  private Restored restore(
      ZipFile zip, Manifest manifest, Present present, ObjLongConsumer<String> progress)
      throws SQLException, IOException {
    RestoredTables tables = new RestoredTables(connection, manifest.team());
    tables.makeRoom(present == Present.REPLACED);
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    long all = 0;
    for (var each : manifest.tables().entrySet()) {
      String table = each.getKey();
      ZipEntry entry = zip.getEntry(table + ".copy");
      if (entry == null) {
        throw new BackupException("no " + table + " in it (expected: a whole backup)");
      }
      String target = tables.prepare(table, each.getValue().columns());
      long rows;
      try (InputStream in = zip.getInputStream(entry)) {
        rows =
            copies.copyIn(
                "copy %s (%s) from stdin"
                    .formatted(target, TeamTables.quoted(each.getValue().columns())),
                in);
      }
      if (rows != each.getValue().rows()) {
        throw new BackupException(
            "%d rows of %s (expected: %d)".formatted(rows, table, each.getValue().rows()));
      }
      tables.finish(table, each.getValue().columns());
      progress.accept(table, rows);
      all += rows;
    }
    tables.raiseEpochs();
    return new Restored(
        new TeamBackup.Team(manifest.team(), manifest.teamName()), all, tables.notes());
  }
}
