package io.carillon.postgres;

/** The database was written by a Carillon that this one is too old for. */
public final class NewerSchemaException extends RuntimeException {
  NewerSchemaException(int here, int floor, int known) {
    super(
        "this database is of schema %d, which servers before schema %d would damage (expected: a"
                .formatted(here, floor)
            + " Carillon as new as that; this one has %d)".formatted(known));
  }
}
