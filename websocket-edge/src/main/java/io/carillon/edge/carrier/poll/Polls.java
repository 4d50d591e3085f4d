package io.carillon.edge.carrier.poll;

import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.model.KeyId;
import io.carillon.core.session.Arrival;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SessionLane;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.carillon.edge.protocol.carillon.Wishes;
import io.carillon.edge.protocol.carillon.Wishes.Wish;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where polls come from, and what they share. Thread-safe. */
public final class Polls {
  private final Lanes lanes;
  private final EdgeSettings settings;
  private final CarillonHttp http;
  private final FramingEncoder.Registry encoders =
      new FramingEncoder.Registry(PollFraming.ELEMENTS, PooledByteBufAllocator.DEFAULT);

  public Polls(Lanes lanes, EdgeSettings settings, CarillonHttp http) {
    this.lanes = lanes;
    this.settings = settings;
    this.http = http;
  }

  /** Who waits for the answer. */
  interface Waiter {
    /** The body of the answer. */
    void answered(byte[] body);

    void refused(Problem problem);
  }

  /**
   * What is asked.
   *
   * @param patience the answer comes then at the latest
   */
  record Question(Greeting.Welcome greeting, Wishes.Valid wishes, Duration patience, Arrival by) {}

  /** Notes that a client was refused by what it showed. */
  void refused(@Nullable KeyId key, Problem problem) {
    lanes.node().refused(RefusalLog.CONNECT, key, problem);
  }

  /**
   * Begins to wait.
   *
   * @return to be run when the client has gone; any thread
   */
  Runnable begin(EventLoop loop, Question question, Waiter waiter) {
    SessionLane lane = lanes.of(loop);
    Poll poll =
        new Poll(
            lane.lane(),
            http.dialect(),
            question.wishes(),
            settings.outboxBytesMax(),
            waiter::answered);
    lane.lane().run(() -> open(lane, poll, question, waiter));
    return () -> lane.lane().run(poll::cancelled);
  }

  private void open(SessionLane lane, Poll poll, Question question, Waiter waiter) {
    Greeting.Welcome greeting = question.greeting();
    Opening opening =
        new Opening(
            greeting.key(),
            greeting.rights(),
            poll,
            encoders.of(greeting.dialect()),
            question.by());
    switch (lanes.node().open(lane, opening)) {
      case OpenOutcome.Refused(var problem) -> waiter.refused(problem);
      case OpenOutcome.Opened(var session) -> {
        poll.opened(session, lane.lane().schedule(poll::expired, question.patience()));
        for (Wish wish : question.wishes().all()) {
          http.follow(session, poll, wish);
        }
        poll.asked();
      }
    }
  }
}
