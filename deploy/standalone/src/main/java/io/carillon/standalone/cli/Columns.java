package io.carillon.standalone.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows whose columns line up as they come: each column is as wide as its widest cell so far. Where
 * nobody looks, cells are separated by tabs. Thread-safe, guarded by this.
 */
final class Columns {
  private static final int WIDTH_MAX = 40;
  private static final String BETWEEN = "  ";

  private final Console console;
  private final List<Integer> widths = new ArrayList<>();

  Columns(Console console) {
    this.console = console;
  }

  /** How a cell looks. */
  enum Tone {
    PLAIN,
    DIM,
    STRONG
  }

  /** A text of one line, and how it looks. */
  record Cell(String text, Tone tone) {
    static Cell dim(String text) {
      return new Cell(Text.printable(text), Tone.DIM);
    }

    static Cell plain(String text) {
      return new Cell(Text.printable(text), Tone.PLAIN);
    }

    static Cell strong(String text) {
      return new Cell(Text.printable(text), Tone.STRONG);
    }
  }

  /** The row as one line. */
  String row(List<Cell> cells) {
    if (!console.isTerminal()) {
      return String.join("\t", cells.stream().map(Cell::text).toList());
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      line.append(i == 0 ? "" : BETWEEN).append(toned(cell));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(Math.max(0, width(i, cell) - cell.text().length())));
      }
    }
    return line.toString();
  }

  private synchronized int width(int column, Cell cell) {
    while (widths.size() <= column) {
      widths.add(0);
    }
    int width = Math.max(widths.get(column), Math.min(WIDTH_MAX, cell.text().length()));
    widths.set(column, width);
    return width;
  }

  private String toned(Cell cell) {
    return switch (cell.tone()) {
      case PLAIN -> cell.text();
      case DIM -> console.dim(cell.text());
      case STRONG -> console.strong(cell.text());
    };
  }
}
