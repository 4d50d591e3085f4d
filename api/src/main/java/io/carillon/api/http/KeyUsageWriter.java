package io.carillon.api.http;

import io.carillon.core.Node;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.AppListings.KeySighting;
import io.carillon.core.inspect.KeyUses;
import io.carillon.core.inspect.KeyUses.Seen;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down now and then which keys this node has seen used and by what, for the console. Guarded
 * by itself, as the last time is when the process stops.
 */
@Singleton
@Requires(beans = AppListings.class)
final class KeyUsageWriter {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUsageWriter.class);

  /** What was not used for so long is not kept in memory. */
  private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();

  private final KeyUses uses;
  private final AppListings listings;
  private long writtenTo;

  KeyUsageWriter(Node node, AppListings listings) {
    this.uses = node.keyUses();
    this.listings = listings;
  }

  /** What was not written down yet. */
  @PreDestroy
  void stop() {
    write();
  }

  @Scheduled(initialDelay = "5s", fixedDelay = "10s")
  synchronized void write() {
    List<Seen> seen = uses.since(writtenTo);
    if (seen.isEmpty()) {
      return;
    }
    try {
      listings.used(seen.stream().map(KeyUsageWriter::sighting).toList());
      writtenTo = seen.stream().mapToLong(Seen::atMillis).max().orElse(writtenTo) + 1;
      uses.forgetBefore(writtenTo - KEPT_MILLIS);
    } catch (RuntimeException e) {
      LOG.warn("Which keys were used is written down later: {}", e.toString());
    }
  }

  private static KeySighting sighting(Seen seen) {
    return new KeySighting(
        seen.key(),
        seen.client().protocol().word(),
        seen.client().library(),
        seen.client().from().text(),
        Instant.ofEpochMilli(seen.atMillis()));
  }
}
