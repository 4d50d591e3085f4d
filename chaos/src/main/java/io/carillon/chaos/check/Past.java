package io.carillon.chaos.check;

import io.carillon.client.Position;
import java.util.List;

/**
 * A channel's history as REST tells it, the oldest first. Immutable.
 *
 * @param complete whether the server says that nothing can be missing
 */
public record Past(String channel, List<Entry> entries, boolean complete) {
  /** One message. */
  public record Entry(Position position, String id) {}

  public Past {
    entries = List.copyOf(entries);
  }
}
