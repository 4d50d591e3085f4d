package io.carillon.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import javax.sql.DataSource;

/** What an operator sees of the archive and of the pool. Thread-safe; asks the database nothing. */
public final class PostgresFigures implements Readings.Source {
  private final PostgresArchive archive;
  private final DataSource pool;

  PostgresFigures(PostgresArchive archive, DataSource pool) {
    this.archive = archive;
    this.pool = pool;
  }

  @Override
  public void read(Readings into) {
    archive.read(into);
    if (pool instanceof HikariDataSource hikari) {
      HikariPoolMXBean state = hikari.getHikariPoolMXBean();
      if (state != null) {
        into.add(Metric.POSTGRES_CONNECTIONS, state.getActiveConnections(), "active");
        into.add(Metric.POSTGRES_CONNECTIONS, state.getIdleConnections(), "idle");
        into.add(Metric.POSTGRES_WAITING, state.getThreadsAwaitingConnection());
      }
      into.add(Metric.POSTGRES_CONNECTIONS_MAX, hikari.getMaximumPoolSize());
    }
  }
}
