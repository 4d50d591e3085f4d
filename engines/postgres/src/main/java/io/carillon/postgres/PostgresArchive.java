package io.carillon.postgres;

import io.carillon.core.engine.Archive;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.ThreadLane;
import io.carillon.core.runtime.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive in Postgres: one writer with a connection of its own, readers from the pool, and
 * upkeep that makes the days to come and drops those that no rule keeps. Thread-safe.
 */
final class PostgresArchive implements Archive, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresArchive.class);

  private static final Duration UPKEEP_EVERY = Duration.ofHours(1);
  private static final int DAYS_AHEAD = 2;

  /** Fewer than the pool has, so that the directory can be changed beside them. */
  private static final int READERS = PostgresEngine.POOL_SIZE - 2;

  private static final int WAITING_READERS_MAX = 1_000;
  private static final long WAIT_SECONDS = 3;

  /**
   * More epochs than a process needs for channels that are not archived; the others are counted.
   */
  private static final long EPOCHS_PER_PROCESS = 1L << 32;

  private final DataSource pool;
  private final Ticker ticker;
  private final ArchiveWriter writer;
  private final Semaphore readers = new Semaphore(READERS, true);
  private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();
  private final ThreadLane upkeep = new ThreadLane("carillon-archive-upkeep");

  /**
   * @param pool for reading and upkeep
   * @param own for the writer; see {@link ArchiveWriter}
   */
  PostgresArchive(DataSource pool, DataSource own, Ticker ticker) {
    this.pool = pool;
    this.ticker = ticker;
    this.writer = new ArchiveWriter(own);
  }

  /** Today has its partition when this returns. */
  void start() throws SQLException {
    maintain();
    writer.start();
    maintainOn(upkeep);
  }

  private void maintainOn(Lane lane) {
    lane.schedule(
        () -> {
          try {
            maintain();
          } catch (SQLException e) {
            LOG.warn("The archive's days are seen to in an hour: {}", e.toString());
          }
          maintainOn(lane);
        },
        UPKEEP_EVERY);
  }

  /** Makes the next days, and drops those that are older than the longest any rule keeps. */
  void maintain() throws SQLException {
    LocalDate today = ArchiveTable.dayOf(ticker.epochMillis());
    try (Connection connection = pool.getConnection()) {
      for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
        ArchiveTable.createDay(connection, today.plusDays(ahead));
      }
      ArchivedIds.forgetEnds(connection, today.minusDays(1));
      int dropped = ArchiveTable.dropDays(connection, today);
      if (dropped > 0) {
        LOG.info("{} days of the archive were dropped", dropped);
      }
    }
  }

  @Override
  public CompletionStage<Void> append(Publication publication) {
    return writer.append(publication);
  }

  @Override
  public CompletionStage<List<Publication>> read(Range range) {
    return ask(connection -> ArchiveTable.select(connection, range));
  }

  @Override
  public CompletionStage<List<Publication>> readMessages(Range range) {
    return ask(connection -> ArchiveTable.selectMessages(connection, range));
  }

  @Override
  public CompletionStage<Optional<Publication>> find(
      ChannelId channel, String id, long sinceMillis) {
    return ask(connection -> ArchivedEdit.find(connection, channel, id, sinceMillis));
  }

  @Override
  public CompletionStage<Map<String, Position>> positionsOf(
      ChannelId channel, List<String> ids, long sinceMillis) {
    return ids.isEmpty()
        ? CompletableFuture.completedFuture(Map.of())
        : ask(connection -> ArchivedIds.positionsOf(connection, channel, ids, sinceMillis));
  }

  @Override
  public CompletionStage<Void> seal(ChannelId channel, long epoch) {
    LocalDate from = recent();
    return ask(connection -> {
          ArchivedIds.seal(connection, channel, epoch, from);
          return epoch;
        })
        .thenApply(done -> null);
  }

  @Override
  public CompletionStage<Boolean> confirm(ChannelId channel, Position position, long epoch) {
    LocalDate from = recent();
    return ask(connection -> ArchivedIds.confirm(connection, channel, position, epoch, from));
  }

  /** What is older is neither on its way nor repeated. */
  private LocalDate recent() {
    return ArchiveTable.dayOf(ticker.epochMillis()).minusDays(1);
  }

  @Override
  public CompletionStage<List<Publication>> operations(Targets targets) {
    return targets.positions().isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : ask(connection -> ArchivedEdit.operations(connection, targets));
  }

  @Override
  public CompletionStage<Long> epochFloor() {
    return ask(
        connection ->
            ArchiveTable.nextEpochs(connection, EPOCHS_PER_PROCESS, ticker.epochMillis()));
  }

  /** Writes down what this process has counted. */
  void read(Readings into) {
    writer.read(into);
    into.add(Metric.ARCHIVE_READERS_WAITING, readers.getQueueLength());
  }

  private interface Question<T> {
    T answer(Connection connection) throws SQLException;
  }

  private <T> CompletionStage<T> ask(Question<T> question) {
    if (readers.getQueueLength() >= WAITING_READERS_MAX) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "waiting readers: " + WAITING_READERS_MAX + " (expected: read again later)"));
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      reading.execute(() -> answer(question, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IllegalStateException("the archive is closed", e));
    }
    return answer;
  }

  private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
    try {
      answer.complete(inTurn(question));
    } catch (SQLException | RuntimeException e) {
      answer.completeExceptionally(e);
    } catch (InterruptedException e) {
      answer.completeExceptionally(new IllegalStateException("the archive is closed", e));
    }
  }

  private <T> T inTurn(Question<T> question) throws SQLException, InterruptedException {
    if (!readers.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "waited " + WAIT_SECONDS + " s to read (expected: read again later)");
    }
    try (Connection connection = pool.getConnection()) {
      return question.answer(connection);
    } finally {
      readers.release();
    }
  }

  @Override
  public void close() {
    upkeep.close();
    writer.close();
    reading.shutdownNow();
    reading.close();
  }
}
