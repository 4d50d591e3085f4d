package io.carillon.core.testing;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Member;
import io.carillon.core.model.Payload;
import io.carillon.core.session.Grant;
import io.carillon.core.session.Resume;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeCommand;
import io.carillon.core.session.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link TestNode}; what it does runs in a turn of its lane. */
public final class TestClient {
  private final TestNode node;
  private final Session session;
  private final FakeOutlet outlet;

  TestClient(TestNode node, Session session, FakeOutlet outlet) {
    this.node = node;
    this.session = session;
    this.outlet = outlet;
  }

  public Session session() {
    return session;
  }

  public FakeOutlet outlet() {
    return outlet;
  }

  /** Subscribes with whatever the channel asks for, but presence. */
  public TestClient subscribe(String channel) {
    return subscribe(channel, new Grant.Signed(null));
  }

  public TestClient enter(String channel, String userId) {
    return subscribe(channel, new Grant.Signed(new Member(userId, null)));
  }

  public TestClient subscribe(String channel, Grant grant) {
    SubscribeCommand command =
        new SubscribeCommand(ChannelName.of(channel), grant, Resume.FROM_NOW);
    return turn(() -> session.subscribe(command, outlet::answered));
  }

  public TestClient unsubscribe(String channel) {
    return turn(() -> session.unsubscribe(ChannelName.of(channel)));
  }

  public TestClient send(String channel, String text) {
    return turn(() -> session.publish(ChannelName.of(channel), "client-event", Payload.text(text)));
  }

  public TestClient signIn(String userId, String... watchlist) {
    return turn(() -> session.signIn(new User(userId, null, List.of(watchlist), "{}"), false));
  }

  /** The connection is gone. */
  public TestClient drop() {
    return turn(session::ended);
  }

  /** What it was told since the last time. */
  public List<String> told() {
    node.run();
    return outlet.take();
  }

  public @Nullable ErrorCode closedBy() {
    node.run();
    return outlet.closedBy();
  }

  /** Runs it on the lane, and nothing after it. */
  public TestClient turn(Runnable action) {
    ((FakeLane) session.lane()).turn(action);
    return this;
  }
}
