package io.carillon.api.http;

import io.carillon.core.account.AppListings;
import io.carillon.core.account.AppListings.KeyUse;
import io.carillon.core.model.KeyId;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down once a minute which keys this node has seen used, for the console. Confined to the
 * scheduler, which never runs it twice at once.
 */
@Singleton
@Requires(beans = AppListings.class)
final class KeyUsageWriter {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUsageWriter.class);

  private final KeyUsage usage;
  private final AppListings listings;
  private long writtenTo;

  KeyUsageWriter(KeyUsage usage, AppListings listings) {
    this.usage = usage;
    this.listings = listings;
  }

  @Scheduled(initialDelay = "60s", fixedDelay = "60s")
  void write() {
    long newest = writtenTo;
    Map<KeyId, KeyUse> uses = new HashMap<>();
    for (Map.Entry<KeyId, KeyUsage.Use> use : usage.since(writtenTo).entrySet()) {
      long at = use.getValue().atMillis();
      uses.put(use.getKey(), new KeyUse(Instant.ofEpochMilli(at), use.getValue().library()));
      newest = Math.max(newest, at);
    }
    if (uses.isEmpty()) {
      return;
    }
    try {
      listings.used(uses);
      writtenTo = newest + 1;
    } catch (RuntimeException e) {
      LOG.warn("Which keys were used is written down later: {}", e.toString());
    }
  }
}
