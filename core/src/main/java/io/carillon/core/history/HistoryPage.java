package io.carillon.core.history;

import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;

/**
 * What was found.
 *
 * @param publications in the direction that was asked for
 * @param more whether the next page in that direction has something
 * @param top the channel's newest position at the time of reading
 */
public record HistoryPage(List<Publication> publications, boolean more, Position top) {
  public HistoryPage {
    publications = List.copyOf(publications);
  }
}
