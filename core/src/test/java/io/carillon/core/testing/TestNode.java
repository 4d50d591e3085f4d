package io.carillon.core.testing;

import io.carillon.core.Node;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.session.Rights;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SessionLane;
import io.carillon.core.session.TokenRights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A whole node in one thread, with two applications and as many lanes as a test makes. */
public final class TestNode {
  public static final AppId APP = new AppId("1");
  public static final AppId OTHER_APP = new AppId("2");
  private static final long HOT_BYTES = 64L << 20;

  public final FakeTicker ticker = new FakeTicker();
  public final FakeDirectory directory = new FakeDirectory();
  public final FakeLane upkeep = new FakeLane("upkeep", ticker);
  public final LateEngine engine;
  public final TextEncoder encoder = new TextEncoder();
  public final Node node;
  private final List<FakeLane> lanes = new ArrayList<>(List.of(upkeep));

  public TestNode() {
    this(1_000);
  }

  public TestNode(int connectionsMax) {
    Random random = new Random(1);
    directory.put(app(APP));
    directory.put(app(OTHER_APP));
    LocalEngine local = new LocalEngine(ticker, HOT_BYTES);
    local.sweepOn(upkeep);
    engine = new LateEngine(local.ports());
    node =
        new Node(
            new Node.Parts(
                engine.ports(),
                directory,
                upkeep,
                new Node.Environment(ticker, random::nextLong),
                connectionsMax));
  }

  /** An application with every feature, and the key {@code key-<id>}. */
  public static App app(AppId id) {
    AppSettings.Features features = new AppSettings.Features(true, false, false);
    return app(id, new AppSettings(true, features, AppSettings.Limits.DEFAULT));
  }

  public static App app(AppId id, AppSettings settings) {
    ApiKey key = new ApiKey(new KeyId("key-" + id), Secret.of("secret-" + id), "first");
    return new App(id, new TenantId(new UUID(0, 1)), settings, List.of(key), List.of());
  }

  public static AppSettings settings(AppSettings.Limits limits) {
    return new AppSettings(true, new AppSettings.Features(true, false, false), limits);
  }

  public SessionLane lane() {
    FakeLane lane = new FakeLane("lane-" + lanes.size(), ticker);
    lanes.add(lane);
    return node.onLane(lane);
  }

  public OpenOutcome open(SessionLane lane, AppId app, FakeOutlet outlet) {
    return open(lane, app, outlet, Rights.OF_KEY);
  }

  private OpenOutcome open(SessionLane lane, AppId app, FakeOutlet outlet, Rights rights) {
    OpenOutcome[] outcome = new OpenOutcome[1];
    ((FakeLane) lane.lane())
        .turn(
            () ->
                outcome[0] =
                    node.open(lane, new Opening(new KeyId("key-" + app), rights, outlet, encoder)));
    return outcome[0];
  }

  public TestClient connect(SessionLane lane) {
    return connect(lane, APP);
  }

  public TestClient connect(SessionLane lane, AppId app) {
    return connect(lane, app, Rights.OF_KEY);
  }

  /** A client with a token for this, everywhere. */
  public TestClient connect(
      SessionLane lane, @Nullable String clientId, Set<Operation> operations) {
    return connect(lane, APP, rights(clientId, operations));
  }

  /** The rights of a token for these operations on every channel. */
  public Rights rights(@Nullable String clientId, Set<Operation> operations) {
    long now = ticker.epochMillis() / 1_000;
    Capabilities capabilities = Capabilities.of(Map.of(new ChannelPattern("*"), operations));
    return new TokenRights(
        new ClientToken(null, clientId, capabilities, now, now + 3_600, new KeyId("key-" + APP)));
  }

  private TestClient connect(SessionLane lane, AppId app, Rights rights) {
    FakeOutlet outlet = new FakeOutlet();
    if (open(lane, app, outlet, rights) instanceof OpenOutcome.Opened(var session)) {
      outlet.attach(session);
      return new TestClient(this, session, outlet);
    }
    throw new AssertionError("no session was opened");
  }

  public CompletionStage<PublishOutcome> publish(String channel, String text) {
    return publish(APP, channel, text, Origin.Backend.TO_EVERYONE);
  }

  public CompletionStage<PublishOutcome> publish(
      AppId app, String channel, String text, Origin origin) {
    App found = directory.app(app);
    if (found == null) {
      throw new AssertionError("no app " + app);
    }
    Message message = new Message(null, "event", Payload.text(text), origin);
    return node.publisher().publish(new PublishCommand(found, ChannelName.of(channel), message));
  }

  /** Runs every lane until nothing is left to do. */
  public void run() {
    boolean some = true;
    while (some) {
      some = false;
      for (FakeLane lane : lanes) {
        some |= lane.runOne();
      }
    }
  }

  public void advance(Duration duration) {
    ticker.advance(duration);
    run();
  }

  public int subscriptions(String channel) {
    return node.ports().occupancy().subscriptions(id(channel)).toCompletableFuture().join();
  }

  /** Who is on the presence channel. */
  public List<String> present(String channel) {
    engine.setLate(false);
    return node
        .ports()
        .presence()
        .roster(id(channel))
        .toCompletableFuture()
        .join()
        .members()
        .stream()
        .map(member -> member.userId())
        .toList();
  }

  public static ChannelId id(String channel) {
    return ChannelId.of(APP, ChannelName.of(channel));
  }
}
