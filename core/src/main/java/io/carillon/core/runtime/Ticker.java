package io.carillon.core.runtime;

/** The only door to time; tests drive one by hand. Thread-safe. */
public interface Ticker {
  /** Nanoseconds that only grow, for measuring; the origin means nothing. */
  long nanos();

  /** Wall time in milliseconds since 1970, for people and stored timestamps; it may jump. */
  long epochMillis();

  /** The machine's clocks. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }
      };
}
