package io.carillon.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * What a backup says of itself. Immutable.
 *
 * @param tables in the order in which they can be written
 */
record Manifest(
    UUID team, String teamName, Instant madeAt, Origin origin, Map<String, Table> tables) {
  static final String ENTRY = "manifest.properties";
  private static final String FORMAT = "1";

  /**
   * Of the installation that made it.
   *
   * @param schema the migration that the database was at
   * @param sealedCheck which only the master key opens that the secrets are sealed with, in hex
   */
  record Origin(int schema, String sealedCheck) {
    byte[] check() {
      return HexFormat.of().parseHex(sealedCheck);
    }
  }

  /** What there is of a table. */
  record Table(List<String> columns, long rows) {}

  void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder("# A backup of a team, made by Carillon\n");
    line(text, "format", FORMAT);
    line(text, "team", team.toString());
    line(text, "team-name", teamName);
    line(text, "made-at", madeAt.toString());
    line(text, "schema", String.valueOf(origin.schema()));
    line(text, "sealed-check", origin.sealedCheck());
    line(text, "tables", String.join(",", tables.keySet()));
    tables.forEach(
        (name, table) -> {
          line(text, name + ".rows", String.valueOf(table.rows()));
          line(text, name + ".columns", String.join(",", table.columns()));
        });
    OutputStreamWriter writer = new OutputStreamWriter(out, UTF_8);
    writer.write(text.toString());
    writer.flush();
  }

  /** Names of teams are people's: a line's end in one must not be one of the file. */
  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=');
    value
        .chars()
        .forEach(
            each -> {
              if (each < ' ' || each == '\\' || each > '~') {
                text.append("\\u%04x".formatted(each));
              } else {
                text.append((char) each);
              }
            });
    text.append('\n');
  }

  static Manifest read(InputStream in) throws IOException {
    Properties lines = new Properties();
    lines.load(new InputStreamReader(in, UTF_8));
    String format = lines.getProperty("format", "");
    if (!format.equals(FORMAT)) {
      throw new BackupException(
          "format " + format + " (expected: " + FORMAT + "; a newer Carillon may read it)");
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    for (String table : value(lines, "tables").split(",", -1)) {
      if (!TeamTables.ALL.conditions().containsKey(table)) {
        throw new BackupException(table + " (expected: a table of a team)");
      }
      List<String> columns = List.of(value(lines, table + ".columns").split(",", -1));
      columns.stream()
          .filter(column -> !column.matches("[a-z_0-9]{1,63}"))
          .findFirst()
          .ifPresent(
              column -> {
                throw new BackupException(column + " (expected: the name of a column)");
              });
      tables.put(table, new Table(columns, Long.parseLong(value(lines, table + ".rows"))));
    }
    return new Manifest(
        UUID.fromString(value(lines, "team")),
        value(lines, "team-name"),
        Instant.parse(value(lines, "made-at")),
        new Origin(Integer.parseInt(value(lines, "schema")), value(lines, "sealed-check")),
        tables);
  }

  private static String value(Properties lines, String name) {
    String value = lines.getProperty(name);
    if (value == null) {
      throw new BackupException("no " + name + " (expected: one in " + ENTRY + ")");
    }
    return value;
  }
}
