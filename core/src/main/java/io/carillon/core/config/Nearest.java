package io.carillon.core.config;

import java.util.Collection;

/** Finds the name that a mistyped one was most likely meant to be. Stateless. */
final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest single-character edits; candidates must not be empty. */
  static String of(String name, Collection<String> candidates) {
    String nearest = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(name, candidate);
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
