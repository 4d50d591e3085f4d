package io.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HashingDeskTest {
  private static final Secret PASSWORD = Secret.of("password");

  /** Hashes when it is told to, and counts how many are at it. */
  private static final class Slow implements PasswordHashing {
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public Secret hash(Secret password) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      now.decrementAndGet();
      return password;
    }

    @Override
    public boolean matches(Secret password, Secret hash) {
      return hash(password).equals(hash);
    }

    @Override
    public Secret nobodys() {
      return PASSWORD;
    }
  }

  @Test
  @Timeout(20)
  void soManyAreHashedAtOnceAndSoManyWait() throws Exception {
    Slow slow = new Slow();
    HashingDesk desk = new HashingDesk(slow, 2);
    CompletableFuture<Outcome<Secret>> refused = new CompletableFuture<>();
    List<Future<?>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i <= HashingDesk.WAITING_MAX; i++) {
        all.add(
            threads.submit(
                () -> {
                  Outcome<Secret> outcome = desk.hash(PASSWORD);
                  if (outcome instanceof Outcome.Refused<Secret>) {
                    refused.complete(outcome);
                  }
                }));
      }

      assertThat(refused.get())
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              it -> assertThat(it.problem().code()).isEqualTo(ErrorCode.SIGN_INS_BUSY));
      slow.go.countDown();
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(slow.most).hasValue(2);
    assertThat(desk.hash(PASSWORD)).isInstanceOf(Outcome.Done.class);
  }
}
