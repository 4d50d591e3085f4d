package io.carillon.standalone.cli;

import io.carillon.postgres.backup.BackupException;
import io.carillon.postgres.backup.TeamBackup;
import io.carillon.postgres.backup.TeamBackup.Team;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Writes a team's data into a file. Stateless. */
final class BackupCommand implements Command {
  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--out"), Set.of("--list"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) {
    Console console = surroundings.console();
    boolean list = arguments.has("--list");
    String wanted = list ? "" : arguments.words("team").getFirst();
    try (OwnDatabase database = OwnDatabase.open(surroundings, console::say)) {
      TeamBackup backup = new TeamBackup(database.connection(), Clock.systemUTC());
      List<Team> teams = backup.teams();
      if (list) {
        teams.forEach(team -> console.print(team.id() + "  " + Text.printable(team.name())));
        return;
      }
      Team team = only(teams, wanted);
      Path file =
          surroundings
              .folder()
              .resolve(arguments.value("--out").orElse("carillon-" + team.id() + ".backup"));
      long rows =
          backup.write(
              team, file, (table, count) -> console.progress("%s: %,d".formatted(table, count)));
      console.say("%,d rows of %s are in %s".formatted(rows, Text.printable(team.name()), file));
    } catch (SQLException | BackupException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandException.failed(e + " (expected: a place where a file can be written)");
    }
  }

  private static Team only(List<Team> teams, String wanted) {
    List<Team> fitting =
        teams.stream()
            .filter(team -> team.id().toString().equals(wanted) || team.name().equals(wanted))
            .toList();
    if (fitting.size() != 1) {
      throw CommandException.wrong(
          "%s: %d teams (expected: the id or the name of one; --list prints all)"
              .formatted(Text.printable(wanted), fitting.size()));
    }
    return fitting.getFirst();
  }
}
