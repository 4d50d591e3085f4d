package io.carillon.core.engine;

import io.carillon.core.engine.UsageStore.Row;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a log counts by itself in the step that appends, so that a process that is killed takes no
 * count with it: messages and their bytes, by account and by the minute of the log's time.
 * Thread-safe.
 */
public interface AppendCounts {
  /** Everything that is not forgotten; each row holds all that was counted in its minute so far. */
  CompletionStage<Snapshot> read();

  /** Lets go of rows that are written down and whose minute is over for long. */
  CompletionStage<Void> forget(List<Row> rows);

  /**
   * What was read.
   *
   * @param minute the log's current one, since 1970
   */
  record Snapshot(long minute, List<Row> rows) {
    public Snapshot {
      rows = List.copyOf(rows);
    }
  }
}
