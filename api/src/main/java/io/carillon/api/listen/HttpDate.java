package io.carillon.api.listen;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} of answers (RFC 9110, 6.6.1), written once a second. Thread-safe. */
final class HttpDate {
  private static final long SECOND_MILLIS = 1_000;

  /** The preferred form (RFC 9110, 5.6.7), whose day has two digits. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate latest = of(0);

  private final long second;
  private final String text;

  private HttpDate(long second, String text) {
    this.second = second;
    this.text = text;
  }

  static String now() {
    long second = System.currentTimeMillis() / SECOND_MILLIS;
    HttpDate known = latest;
    if (known.second != second) {
      known = of(second);
      latest = known;
    }
    return known.text;
  }

  private static HttpDate of(long second) {
    return new HttpDate(second, FORMAT.format(Instant.ofEpochSecond(second)));
  }
}
