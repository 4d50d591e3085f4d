package io.carillon.core.meter;

import io.carillon.core.model.Limit;
import io.carillon.core.model.Usage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** What a team may use in a day or a month of UTC. */
public enum Quota {
  MESSAGES_PER_DAY(Limit.MESSAGES_PER_DAY, ChronoUnit.DAYS),
  MESSAGES_PER_MONTH(Limit.MESSAGES_PER_MONTH, ChronoUnit.MONTHS),
  DELIVERIES_PER_MONTH(Limit.DELIVERIES_PER_MONTH, ChronoUnit.MONTHS);

  private final Limit limit;
  private final ChronoUnit period;

  Quota(Limit limit, ChronoUnit period) {
    this.limit = limit;
    this.period = period;
  }

  public static List<Quota> all() {
    return Arrays.asList(values());
  }

  public Limit limit() {
    return limit;
  }

  /** A day or a month. */
  public ChronoUnit period() {
    return period;
  }

  /** Whether messages beyond it can be refused; what is delivered was accepted before. */
  public boolean refuses() {
    return this != DELIVERIES_PER_MONTH;
  }

  /** When the day or month began. */
  public Instant beginOf(Instant now) {
    ZonedDateTime day = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
    return (period == ChronoUnit.MONTHS ? day.withDayOfMonth(1) : day).toInstant();
  }

  /** When the next one begins. */
  public Instant endOf(Instant now) {
    return beginOf(now).atZone(ZoneOffset.UTC).plus(1, period).toInstant();
  }

  /** What of it counts. */
  public long of(Usage usage) {
    return this == DELIVERIES_PER_MONTH ? usage.deliveries() : usage.messages();
  }
}
