package io.carillon.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements, which are files beside this class. Stateless. */
final class Sql {
  /** Makes the table and its function. */
  static final String OUTBOX = text("outbox.sql");

  static final String TAKE = text("take.sql");
  static final String EXISTS = "select to_regclass('carillon_outbox') is not null";
  static final String LISTEN = "listen carillon_outbox";
  static final String DONE = "delete from carillon_outbox where number = any (?)";
  static final String FAILED =
      "update carillon_outbox set failed_at = now(), problem = ? where number = ?";

  private Sql() {}

  private static String text(String file) {
    try (InputStream in = Sql.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " (expected: a resource of this library)");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
