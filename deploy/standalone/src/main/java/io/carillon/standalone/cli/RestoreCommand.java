package io.carillon.standalone.cli;

import io.carillon.postgres.MasterKeyException;
import io.carillon.postgres.backup.BackupException;
import io.carillon.postgres.backup.TeamRestore;
import io.carillon.postgres.backup.TeamRestore.Present;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Brings a team back from a file. Stateless. */
final class RestoreCommand implements Command {
  private static final String MASTER_KEY = "--master-key-file";

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of(MASTER_KEY), Set.of("--replace"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) {
    Console console = surroundings.console();
    Path file = surroundings.folder().resolve(arguments.words("file").getFirst());
    if (!Files.isReadable(file)) {
      throw CommandException.wrong(file + " (expected: a file that `backup` wrote)");
    }
    Optional<String> theirs =
        arguments.value(MASTER_KEY).map(name -> key(surroundings.folder().resolve(name)));
    try (OwnDatabase database = OwnDatabase.open(surroundings, console::say)) {
      TeamRestore restore =
          new TeamRestore(
              database.connection(), new TeamRestore.Keys(database.masterKey(), theirs));
      TeamRestore.Restored restored =
          restore.restore(
              file,
              arguments.has("--replace") ? Present.REPLACED : Present.REFUSED,
              (table, count) -> console.progress("%s: %,d".formatted(table, count)));
      console.say(
          "%s is back, with %,d rows"
              .formatted(Text.printable(restored.team().name()), restored.rows()));
      restored.notes().forEach(note -> console.say("  " + Text.printable(note)));
    } catch (SQLException | BackupException | MasterKeyException e) {
      throw CommandException.failed("nothing was changed: " + e.getMessage());
    } catch (IOException e) {
      throw CommandException.failed("nothing was changed: " + e);
    }
  }

  private static String key(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw CommandException.wrong(file + " (expected: an existing file)");
    } catch (IOException e) {
      throw CommandException.wrong(file + " (expected: a file that can be read)");
    }
  }
}
