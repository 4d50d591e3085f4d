package io.carillon.core.trace;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.TraceFacts.Accepted;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Notes how a traced message gets into the log. Immutable; made when the message comes. */
public final class Acceptance {
  private static final long NANOS_PER_MICRO = 1_000;

  private final Ticker ticker;
  private final TraceLog log;
  private final ChannelId channel;
  private final Message message;
  private final @Nullable KeyId key;
  private final long cameAtMillis;
  private final long cameAtNanos;

  /** Of a message that comes now. */
  public Acceptance(Tracer tracer, ChannelId channel, Message message, @Nullable KeyId key) {
    this.ticker = tracer.ticker();
    this.log = tracer.log();
    this.channel = channel;
    this.message = message;
    this.key = key;
    this.cameAtMillis = ticker.epochMillis();
    this.cameAtNanos = ticker.nanos();
  }

  /**
   * Notes when it is logged, and when it is done.
   *
   * @param done of an archived message: succeeds when it is in the archive as well; null for others
   */
  public void follow(CompletionStage<AppendOutcome> logged, @Nullable CompletionStage<?> done) {
    logged.whenComplete(
        (outcome, failure) -> {
          if (outcome != null) {
            logged(outcome);
            if (done != null) {
              done.whenComplete((answer, unarchived) -> archived(outcome, unarchived));
            }
          }
        });
  }

  private void logged(AppendOutcome outcome) {
    boolean duplicate = outcome instanceof AppendOutcome.Duplicate;
    String by = key == null ? null : key.value();
    log.accepted(publication(outcome), new Accepted(cameAtMillis, by, micros(), null, duplicate));
  }

  private void archived(AppendOutcome outcome, @Nullable Throwable failure) {
    if (failure == null) {
      log.archived(publication(outcome), micros());
    }
  }

  private Publication publication(AppendOutcome outcome) {
    return new Publication(channel, outcome.position(), message, cameAtMillis);
  }

  private long micros() {
    return (ticker.nanos() - cameAtNanos) / NANOS_PER_MICRO;
  }
}
