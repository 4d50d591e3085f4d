package io.carillon.chaos.work;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The channels of one cell, which no other cell uses. Immutable.
 *
 * @param cell tells one cell from the others
 */
public record Names(String cell) {
  /** Archived by a rule of the application. */
  public static final String KEPT = "kept";

  static final String HOT = "hot";
  static final String ROOM = "room";
  static final String STORM = "storm";
  static final String FLOOD = "flood";
  static final List<String> KINDS = List.of(HOT, KEPT, ROOM, STORM, FLOOD);

  private static final int EACH_KIND = 4;

  List<String> hot() {
    return some(HOT, EACH_KIND);
  }

  List<String> kept() {
    return some(KEPT, EACH_KIND);
  }

  /** Where clients are present. */
  String room() {
    return ROOM + ":" + cell;
  }

  String flood() {
    return FLOOD + ":" + cell;
  }

  List<String> storm(int count) {
    return some(STORM, count);
  }

  private List<String> some(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + ":" + cell + "-" + i).toList();
  }
}
