package io.carillon.chaos.check;

import java.util.List;
import java.util.Set;

/**
 * What is known of one cell when all is over. Immutable.
 *
 * @param archived the channels whose rule archives them
 * @param published the ids of all that was ever sent, acknowledged or not
 * @param logLost whether the fault destroyed the log, and with it what it knew of ids
 */
public record Evidence(
    Set<String> archived,
    Set<String> published,
    List<Acked> acked,
    List<Journal> journals,
    List<Past> histories,
    boolean logLost) {
  public Evidence {
    archived = Set.copyOf(archived);
    published = Set.copyOf(published);
    acked = List.copyOf(acked);
    journals = List.copyOf(journals);
    histories = List.copyOf(histories);
  }

  boolean isArchived(String channel) {
    return archived.contains(channel);
  }
}
