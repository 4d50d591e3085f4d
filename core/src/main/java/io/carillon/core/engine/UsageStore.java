package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import io.carillon.core.model.TenantId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what applications used: by minute as it was counted, and rolled up to hours and days. Calls
 * block; an engine that cannot be reached throws. Thread-safe.
 */
public interface UsageStore {
  /**
   * Writes rows down. A row says what its source has counted in that minute so far, so it replaces
   * what the source said before; writing it again changes nothing, and a figure that is smaller
   * than the known one does not count. Rows of applications that do not exist are passed over.
   */
  void write(List<Row> rows);

  /** What this source has written, over all minutes, by account. */
  List<Row> writtenBy(String source);

  /**
   * Adds up what has been written since the last time, and lets go of what is too old. One process
   * at a time; doing it again changes nothing.
   *
   * @return whether this process did it
   */
  boolean rollUp(Retained retained);

  /**
   * What was used, oldest first.
   *
   * @param limit how many lines at most
   */
  List<Line> read(Query query, int limit);

  /**
   * What one source counted in one minute.
   *
   * @param minute since 1970
   * @param source counts each thing once: a process from its start to its end, or a log; up to 40
   *     letters, digits and dashes
   */
  record Row(UsageKey account, long minute, String source, Usage usage) {}

  /** How long what is kept, in days; for days themselves there is no end. */
  record Retained(int minutesDays, int hoursDays) {}

  /** How long one line is. Times are in UTC. */
  enum Step {
    MINUTE,
    HOUR,
    DAY,
    MONTH
  }

  /** What lines are apart for, beside their time. */
  enum Split {
    NOTHING,
    KEY,
    APP
  }

  /**
   * What is asked for.
   *
   * @param app null for all of the tenant's, also those that do not exist any more
   * @param from the first line begins here or later
   * @param to the last line begins before
   */
  record Query(
      TenantId tenant, @Nullable AppId app, Instant from, Instant to, Step step, Split split) {}

  /**
   * What was used in one step.
   *
   * @param of the key's or application's id, or empty when lines are not split
   */
  record Line(Instant at, String of, Usage usage) {}
}
