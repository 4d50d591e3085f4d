package io.carillon.edge.carrier.http;

import io.carillon.core.session.Arrival;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SessionLane;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions over HTTP of this node, by the ids that their clients made. Thread-safe. As many as
 * there are connections: one that is refused is not kept.
 */
public final class FallbackSessions {
  /** Which session; the application's key is part of it, so that ids of two never meet. */
  public record Id(String appKey, String server, String session) {}

  /** Who opens a session. */
  record Hello(Greeting greeting, Arrival by) {}

  private final Lanes lanes;
  private final EdgeSettings settings;
  private final FramingEncoder.Registry encoders =
      new FramingEncoder.Registry(HttpFraming.MESSAGES, PooledByteBufAllocator.DEFAULT);
  private final ConcurrentHashMap<Id, FallbackSession> sessions = new ConcurrentHashMap<>();

  public FallbackSessions(Lanes lanes, EdgeSettings settings) {
    this.lanes = lanes;
    this.settings = settings;
  }

  @Nullable FallbackSession find(Id id) {
    return sessions.get(id);
  }

  /**
   * Attaches the response to the session, which is opened when there is none.
   *
   * @param greeting asked for only when the session is new
   */
  void receive(Id id, EventLoop loop, Supplier<Hello> greeting, Receiver receiver) {
    FallbackSession known = sessions.get(id);
    if (known != null) {
      known.lane().run(() -> known.attach(receiver));
      return;
    }
    SessionLane lane = lanes.of(loop);
    lane.lane().run(() -> open(id, lane, greeting.get(), receiver));
  }

  private void open(Id id, SessionLane lane, Hello hello, Receiver receiver) {
    Greeting greeting = hello.greeting();
    FallbackSession.Format format = new FallbackSession.Format(greeting.dialect(), encoders);
    FallbackSession made =
        new FallbackSession(lane.lane(), format, settings, () -> sessions.remove(id));
    FallbackSession other = sessions.putIfAbsent(id, made);
    if (other != null) {
      other.lane().run(() -> other.attach(receiver));
      return;
    }
    switch (greeting) {
      case Greeting.Refusal(var problem, var dialect, var named) -> made.close(problem);
      case Greeting.Awaited(var dialect) ->
          throw new IllegalStateException("a protocol of this carrier greets by its URL");
      case Greeting.Welcome(var key, var rights, var dialect, var welcome) -> {
        Opening opening = new Opening(key, rights, made, encoders.of(dialect), hello.by());
        switch (lanes.node().open(lane, opening)) {
          case OpenOutcome.Opened(var session) -> made.opened(session, welcome.apply(session));
          case OpenOutcome.Refused(var problem) -> made.close(problem);
        }
      }
    }
    made.attach(receiver);
  }
}
