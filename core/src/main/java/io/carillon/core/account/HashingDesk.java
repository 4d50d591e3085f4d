package io.carillon.core.account;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Secret;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets so many passwords be hashed at once and so many wait, so that a flood of sign-ins costs a
 * bounded amount of memory and CPU. Blocks; for virtual threads. Thread-safe.
 */
public final class HashingDesk {
  /** Waiting costs a virtual thread and a request each. */
  static final int WAITING_MAX = 64;

  /** A person does not wait longer, and the request is answered within its deadline. */
  private static final long PATIENCE_MILLIS = 3_000;

  private final PasswordHashing hashing;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param atOnce how many are hashed at a time, 1 or more; each takes its share of memory
   */
  public HashingDesk(PasswordHashing hashing, int atOnce) {
    this.hashing = hashing;
    this.places = new Semaphore(atOnce);
  }

  Outcome<Secret> hash(Secret password) {
    return withPlace(() -> hashing.hash(password));
  }

  Outcome<Boolean> matches(Secret password, Secret hash) {
    return withPlace(() -> hashing.matches(password, hash));
  }

  Secret nobodys() {
    return hashing.nobodys();
  }

  private <T> Outcome<T> withPlace(Supplier<T> work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return Outcome.refused(ErrorCode.SIGN_INS_BUSY);
    }
    boolean got = false;
    try {
      got = places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return got ? Outcome.done(work.get()) : Outcome.refused(ErrorCode.SIGN_INS_BUSY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.refused(ErrorCode.SIGN_INS_BUSY);
    } finally {
      waiting.decrementAndGet();
      if (got) {
        places.release();
      }
    }
  }
}
