package io.carillon.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a connection of its own for what changed, and has it read. The connection belongs to
 * the feed's one thread; closing it from another one is how that thread is stopped.
 *
 * <p>Nothing is missed: a new connection listens first and has everything read then, and everything
 * is read again from time to time in any case.
 */
final class ChangeFeed implements AutoCloseable {
  /** Reads from the database what may have changed; an exception makes the feed begin anew. */
  interface Reader {
    void readAll();

    void read(Collection<String> appIds);

    /** The revocations that may have come since the last reading of everything. */
    void readRevocations();
  }

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  static final Duration READ_ALL_EVERY = Duration.ofSeconds(30);

  private static final String REVOCATIONS = "carillon_revocations";

  /** How long to wait for a change before the connection has to show that it lives. */
  private static final int QUIET_MILLIS = 1_000;

  private static final int VALID_SECONDS = 3;
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 2_000;

  /** More changes at once than this are read by reading everything. */
  private static final int MAX_SINGLE_READS = 500;

  private final DataSource source;
  private final Reader reader;
  private final Thread thread = Thread.ofVirtual().name("directory-feed").unstarted(this::run);
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  ChangeFeed(DataSource source, Reader reader) {
    this.source = source;
    this.reader = reader;
  }

  /** Everything has been read when this returns. */
  void start() throws SQLException {
    connection = listening();
    reader.readAll();
    thread.start();
  }

  private Connection listening() throws SQLException {
    Connection fresh = source.getConnection();
    try (Statement statement = fresh.createStatement()) {
      statement.execute("listen carillon_directory");
      statement.execute("listen " + REVOCATIONS);
      return fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  private void run() {
    Connection current = connection;
    long retryMillis = FIRST_RETRY_MILLIS;
    while (!closed) {
      try (Connection following = current == null ? listening() : current) {
        connection = following;
        if (current == null) {
          reader.readAll();
          LOG.info("The directory follows Postgres again");
        }
        retryMillis = FIRST_RETRY_MILLIS;
        follow(following);
      } catch (SQLException | RuntimeException e) {
        if (closed) {
          return;
        }
        if (retryMillis == FIRST_RETRY_MILLIS) {
          LOG.warn("The directory stays as it is until Postgres answers again: {}", e.toString());
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(retryMillis));
        retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
      }
      current = null;
    }
  }

  private void follow(Connection following) throws SQLException {
    PGConnection notifying = following.unwrap(PGConnection.class);
    long readAllAt = System.nanoTime();
    while (!closed) {
      PGNotification[] notifications = notifying.getNotifications(QUIET_MILLIS);
      if (notifications != null && notifications.length > 0) {
        read(notifications);
      } else if (!following.isValid(VALID_SECONDS)) {
        throw new SQLException("the connection does not answer");
      }
      if (System.nanoTime() - readAllAt > READ_ALL_EVERY.toNanos()) {
        reader.readAll();
        readAllAt = System.nanoTime();
      }
    }
  }

  private void read(PGNotification[] notifications) {
    Set<String> changed =
        Stream.of(notifications)
            .filter(notification -> !notification.getName().equals(REVOCATIONS))
            .map(PGNotification::getParameter)
            .collect(Collectors.toSet());
    if (Stream.of(notifications).anyMatch(it -> it.getName().equals(REVOCATIONS))) {
      reader.readRevocations();
    }
    if (changed.size() > MAX_SINGLE_READS) {
      reader.readAll();
    } else if (!changed.isEmpty()) {
      reader.read(changed);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Connection current = connection;
    try {
      if (current != null) {
        // Not close(): that would wait for the thread that is reading from it.
        current.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("The directory's connection did not close", e);
    }
  }
}
