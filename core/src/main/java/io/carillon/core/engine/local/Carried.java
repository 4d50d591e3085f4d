package io.carillon.core.engine.local;

import io.carillon.core.engine.Fold;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that have left a channel's window while operations on them are in it: without them a
 * text that is streamed for longer than the window reaches would be lost. Guarded by the channel's
 * shard.
 */
final class Carried {
  /** How many operations on a message are in the window. */
  private Map<Position, Integer> operations = Map.of();

  /** As the one above no table of its own before the first operation: most channels see none. */
  private Map<Position, Publication> messages = Map.of();

  private long bytes;

  /** Whether no operation is in the window. */
  boolean isEmpty() {
    return operations.isEmpty();
  }

  /** With what operations that have left the window made of them, oldest first. */
  List<Publication> messages() {
    return List.copyOf(messages.values());
  }

  long bytes() {
    return bytes;
  }

  void added(Publication publication) {
    Position target = targetOf(publication);
    if (target != null) {
      if (operations.isEmpty()) {
        operations = new HashMap<>();
        messages = new TreeMap<>(messages);
      }
      operations.merge(target, 1, Integer::sum);
    }
  }

  void dropped(Publication publication) {
    if (operations.isEmpty()) {
      return;
    }
    Position target = targetOf(publication);
    if (target == null) {
      if (operations.containsKey(publication.position())) {
        put(publication.position(), publication);
      }
      return;
    }
    Integer left = operations.merge(target, -1, (count, one) -> count == 1 ? null : count - 1);
    Publication message = messages.get(target);
    if (message == null) {
      return;
    }
    if (left == null) {
      put(target, null);
    } else {
      Fold fold = new Fold(message);
      fold.apply(publication);
      put(target, fold.result());
    }
  }

  private void put(Position position, @Nullable Publication publication) {
    Publication before =
        publication == null ? messages.remove(position) : messages.put(position, publication);
    bytes += sizeOf(publication) - sizeOf(before);
  }

  private static int sizeOf(@Nullable Publication publication) {
    return publication == null ? 0 : publication.message().size();
  }

  void clear() {
    operations = Map.of();
    messages = Map.of();
    bytes = 0;
  }

  private static @Nullable Position targetOf(Publication publication) {
    Edit.Operation operation = publication.message().operation();
    return operation == null ? null : operation.target();
  }
}
