package io.carillon.core.engine;

import io.carillon.core.model.Edit;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What operations have made of a channel's messages, as far as its log knows, at one moment.
 * Immutable.
 *
 * @param top the log's newest position; nothing newer counts here
 * @param start what the log holds begins behind this position; operations up to it are in an
 *     archive, if anywhere
 * @param changed the messages that the log has and operations have changed, as they are now, oldest
 *     first
 * @param loose the operations in the log on messages that it has not, oldest first
 */
public record Changes(
    Position top, Position start, List<Publication> changed, List<Publication> loose) {
  public Changes {
    changed = List.copyOf(changed);
    loose = List.copyOf(loose);
  }

  /** Nothing was changed. */
  public static Changes none(Position top, Position start) {
    return new Changes(top, start, List.of(), List.of());
  }

  public boolean isEmpty() {
    return changed.isEmpty() && loose.isEmpty();
  }

  /**
   * Applies what a log holds.
   *
   * @param carried messages from before the window that operations in it are about, with what
   *     earlier operations have made of them
   * @param window everything in the log up to its top, oldest first
   */
  public static Changes of(Position top, List<Publication> carried, List<Publication> window) {
    Position start = window.isEmpty() ? top : before(window.getFirst().position());
    Set<Position> targets = new HashSet<>();
    window.forEach(publication -> addTarget(targets, publication));
    Map<Position, Fold> folds = new TreeMap<>();
    carried.forEach(message -> folds.put(message.position(), new Fold(message)));
    List<Publication> loose = new ArrayList<>();
    for (Publication publication : window) {
      Edit.Operation operation = publication.message().operation();
      if (operation == null) {
        if (targets.contains(publication.position())) {
          folds.put(publication.position(), new Fold(publication));
        }
        continue;
      }
      Position target = operation.target();
      Fold fold = target == null ? null : folds.get(target);
      if (fold == null) {
        loose.add(publication);
      } else {
        fold.apply(publication);
      }
    }
    return new Changes(top, start, folds.values().stream().map(Fold::result).toList(), loose);
  }

  private static void addTarget(Set<Position> targets, Publication publication) {
    Edit.Operation operation = publication.message().operation();
    Position target = operation == null ? null : operation.target();
    if (target != null) {
      targets.add(target);
    }
  }

  private static Position before(Position position) {
    return new Position(position.epoch(), position.offset() - 1);
  }

  /** The newest message with this id that the log has, as it is now. */
  public static Optional<Publication> find(
      String id, List<Publication> carried, List<Publication> window) {
    Publication found = null;
    for (Publication publication : carried) {
      found = isMessage(publication, id) ? publication : found;
    }
    for (Publication publication : window) {
      found = isMessage(publication, id) ? publication : found;
    }
    if (found == null) {
      return Optional.empty();
    }
    Fold fold = new Fold(found);
    window.forEach(fold::apply);
    return Optional.of(fold.result());
  }

  private static boolean isMessage(Publication publication, String id) {
    return publication.message().operation() == null && id.equals(publication.message().id());
  }
}
