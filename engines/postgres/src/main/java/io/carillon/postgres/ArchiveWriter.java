package io.carillon.postgres;

import io.carillon.core.metric.Histogram;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.model.Publication;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what comes, many publications a commit: while one batch is committed the next one gathers.
 * The connection and what is known of the table belong to the one thread; the queue is shared.
 *
 * <p>Every publication is committed or has failed a few seconds after it came. After a lost
 * connection nobody knows whether the last batch was committed; it is written again, which changes
 * nothing then.
 */
final class ArchiveWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveWriter.class);

  /** More than this gains nothing; see RATIONALE. */
  static final int BATCH_MAX = 256;

  private static final long BATCH_BYTES_MAX = 4L << 20;
  private static final int QUEUE_MAX = 20_000;
  private static final long QUEUE_BYTES_MAX = 64L << 20;

  /** What a publication costs beside its payload, roughly. */
  private static final int OVERHEAD_BYTES = 400;

  /**
   * From here on it fails. An attempt may take two seconds more, and a caller has to know after
   * five.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static final int ATTEMPT_SECONDS = 2;
  private static final String CHECK_VIOLATION = "23514";
  private static final long FIRST_RETRY_MILLIS = 20;
  private static final long LAST_RETRY_MILLIS = 500;
  private static final long IDLE_MILLIS = 200;

  /** How long a batch may wait for as many rows as the one before had; see RATIONALE. */
  private static final long COMPANY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(5);

  /** The table of epochs is written once for so many epochs. */
  private static final long EPOCHS_AHEAD = 1L << 20;

  private record Pending(
      Publication publication, CompletableFuture<Void> answer, long lateAt, int size) {}

  private final DataSource source;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Histogram commits = new Histogram();
  private final LongAdder archived = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("carillon-archive").unstarted(this::run);

  /** Callers go on here, so that none of them can hold up the next commit. */
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("archive-answers").factory());

  private final Set<LocalDate> days = new HashSet<>();
  private @Nullable Connection connection;
  private long epochsReserved;
  private int lastBatch;
  private boolean failing;
  private volatile boolean closed;

  /**
   * @param source gives connections of which an attempt takes {@link #ATTEMPT_SECONDS} at most
   */
  ArchiveWriter(DataSource source) {
    this.source = source;
  }

  void start() {
    thread.start();
  }

  CompletionStage<Void> append(Publication publication) {
    int size = publication.message().payload().size() + OVERHEAD_BYTES;
    Pending pending =
        new Pending(
            publication, new CompletableFuture<>(), System.nanoTime() + PATIENCE.toNanos(), size);
    if (closed) {
      return failed("the archive is closed");
    }
    if (queuedBytes.addAndGet(size) > QUEUE_BYTES_MAX || !queue.offer(pending)) {
      queuedBytes.addAndGet(-size);
      return failed("the archive has " + queue.size() + " messages to write already");
    }
    // what comes while the thread ends is taken by it or taken back
    if (closed && queue.remove(pending)) {
      return failed("the archive is closed");
    }
    return pending.answer();
  }

  /** Writes down what this process has counted. */
  void read(Readings into) {
    into.add(Metric.ARCHIVE_COMMIT_SECONDS, commits);
    into.add(Metric.ARCHIVED_TOTAL, archived.sum());
    into.add(Metric.ARCHIVE_FAILURES_TOTAL, failures.sum());
    into.add(Metric.ARCHIVE_QUEUE, queue.size());
    into.add(Metric.ARCHIVE_QUEUE_BYTES, Math.max(0, queuedBytes.get()));
  }

  private CompletionStage<Void> failed(String reason) {
    failures.increment();
    return CompletableFuture.failedFuture(
        new IllegalStateException(reason + " (expected: publish again later)"));
  }

  private void run() {
    List<Pending> batch = new ArrayList<>(BATCH_MAX);
    try {
      while (gather(batch)) {
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.warn("The archive stops with {} messages unwritten", queue.size());
    } finally {
      disconnect();
      queue.drainTo(batch);
      answer(batch, new IllegalStateException("the archive is closed"));
    }
  }

  /** Waits for the first and takes what there is beside it; false when there will be nothing. */
  private boolean gather(List<Pending> batch) throws InterruptedException {
    Pending next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    while (next == null) {
      if (closed) {
        return false;
      }
      next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    awaitCompany();
    long bytes = 0;
    while (next != null) {
      batch.add(next);
      bytes += next.size();
      next = batch.size() < BATCH_MAX && bytes < BATCH_BYTES_MAX ? queue.poll() : null;
    }
    queuedBytes.addAndGet(-bytes);
    lastBatch = batch.size();
    return true;
  }

  /** Publishers that were answered together come back together, one commit being enough for all. */
  private void awaitCompany() {
    long begun = System.nanoTime();
    while (queue.size() + 1 < lastBatch && System.nanoTime() - begun < COMPANY_NANOS && !closed) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private void write(List<Pending> batch) throws InterruptedException {
    List<Pending> left = new ArrayList<>(batch);
    long retryMillis = FIRST_RETRY_MILLIS;
    boolean daysKnown = true;
    while (!left.isEmpty()) {
      try {
        failLate(left);
        insert(left);
        answer(left, null);
        return;
      } catch (SQLException | RuntimeException e) {
        if (daysKnown && CHECK_VIOLATION.equals(stateOf(e))) {
          // what a missing day is called, too
          days.clear();
          daysKnown = false;
          continue;
        }
        if (isAboutRows(e)) {
          writeAlone(left, e);
          return;
        }
        tellOnce(e);
        disconnect();
        if (Thread.interrupted()) {
          answer(left, e);
          throw new InterruptedException();
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(retryMillis));
        retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
      }
    }
  }

  /** One row that the table does not take must not be the others' loss: they are strangers. */
  private void writeAlone(List<Pending> left, Exception refusal) throws InterruptedException {
    if (left.size() > 1) {
      for (Pending pending : left) {
        write(List.of(pending));
      }
      return;
    }
    LOG.error(
        "The archive cannot take {} of channel {}",
        left.getFirst().publication().position(),
        left.getFirst().publication().channel(),
        refusal);
    answer(left, refusal);
  }

  private void insert(List<Pending> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Connection current = connection;
    if (current == null) {
      current = source.getConnection();
      connection = current;
    }
    List<Publication> publications = rows.stream().map(Pending::publication).toList();
    for (Publication publication : publications) {
      prepare(current, publication);
    }
    long begun = System.nanoTime();
    ArchiveTable.insert(current, publications);
    commits.record(System.nanoTime() - begun);
    if (failing) {
      failing = false;
      LOG.info("The archive is written again");
    }
  }

  private void prepare(Connection current, Publication publication) throws SQLException {
    LocalDate day = ArchiveTable.dayOf(publication);
    if (!days.contains(day)) {
      ArchiveTable.createDay(current, day);
      days.add(day);
    }
    long epoch = publication.position().epoch();
    if (epoch > epochsReserved) {
      ArchiveTable.raiseEpochs(current, epoch + EPOCHS_AHEAD);
      epochsReserved = epoch + EPOCHS_AHEAD;
    }
  }

  /** Whether the server says so of the rows, and not of itself. */
  private static boolean isAboutRows(Exception e) {
    String state = stateOf(e);
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }

  private static String stateOf(Exception e) {
    String state = e instanceof SQLException sql ? sql.getSQLState() : null;
    return state == null ? "" : state;
  }

  private void failLate(List<Pending> left) {
    long now = System.nanoTime();
    List<Pending> late = left.stream().filter(pending -> pending.lateAt() - now <= 0).toList();
    if (!late.isEmpty()) {
      left.removeAll(late);
      answer(late, new IllegalStateException("Postgres did not commit in time"));
    }
  }

  private void tellOnce(Exception e) {
    if (!failing) {
      failing = true;
      LOG.warn("The archive cannot be written until Postgres answers again: {}", e.toString());
    }
  }

  private void answer(List<Pending> written, @Nullable Exception failure) {
    (failure == null ? archived : failures).add(written.size());
    List<Pending> all = List.copyOf(written);
    answers.execute(
        () -> {
          for (Pending pending : all) {
            if (failure == null) {
              pending.answer().complete(null);
            } else {
              pending.answer().completeExceptionally(failure);
            }
          }
        });
  }

  /** What was known of the table may not hold on the next server. */
  private void disconnect() {
    days.clear();
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close();
      } catch (SQLException e) {
        LOG.debug("The archive's connection did not close", e);
      }
    }
  }

  /** Takes nothing more, and waits for what was taken. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(DRAINED_WITHIN)) {
        thread.interrupt();
        thread.join(DRAINED_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answers.close();
  }
}
