package io.carillon.client.testing;

import io.carillon.client.ClientOptions;
import io.carillon.client.Message;
import io.carillon.client.Position;
import io.carillon.client.Retry;
import io.carillon.client.internal.Json;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory that speaks {@code carillon.v1}, for the tests of an application. Hand its
 * {@link #options} to your clients, and move its time yourself:
 *
 * <pre>{@code
 * TestServer server = new TestServer();
 * Carillon client = Carillon.of("https://rt.example.com", o -> server.options(o.key("key")));
 * Chat chat = new Chat(client);
 *
 * server.publish("room", "message", "hi");      // your listeners have been called when this returns
 * server.drop();
 * server.advance(Duration.ofSeconds(1));        // the client is back
 * }</pre>
 *
 * <p>There are no threads: whatever a call brings about has happened when it returns, listeners and
 * all, in the thread that called. A test that waits for an answer, as with {@code publish} without
 * a connection, lets time pass until it is there. Threads of the application may use clients too;
 * they wait until the test lets time pass. Safe for any thread.
 */
@SuppressWarnings("exports") // an annotation that users may lack
public final class TestServer {
  private static final long START = 1_893_456_000_000L;
  private static final String DENIED = "capability-denied";

  private final TestLane lane = new TestLane(START);
  private final TestClock clock = TestClock.of(lane);
  private final Hub hub;
  private final HttpClient http;

  /** A server that takes any token and any key. */
  public TestServer() {
    this(options -> {});
  }

  /** A server with options. */
  public TestServer(Consumer<? super TestServerOptions> options) {
    TestServerOptions chosen = new TestServerOptions();
    options.accept(chosen);
    this.hub = new Hub(lane, chosen);
    this.http = new MemoryHttp(hub, lane);
  }

  /**
   * Makes clients use this server and its time, whatever their address. A token that is no JWT
   * allows everything, and a JWT what it says; signatures are not looked at.
   *
   * @return the same options
   */
  public ClientOptions options(ClientOptions options) {
    return options.httpClient(http).lane(lane, lane::executeOutside);
  }

  /** The time of the server and its clients. */
  public TestClock clock() {
    return clock;
  }

  /** The HTTP client whose WebSockets lead to this server; it can do nothing else. */
  public HttpClient httpClient() {
    return http;
  }

  /** Lets so much time pass, with all that it brings; as {@link TestClock#advance}. */
  public void advance(Duration time) {
    clock.advance(time);
  }

  /** Lets what is due at this moment happen, without that time passes. */
  public void settle() {
    lane.advance(0);
  }

  /** What clients said, in order, as frames of the protocol; a field that is null is left out. */
  public List<Map<String, Object>> heard() {
    return lane.ask(() -> List.copyOf(hub.heard()));
  }

  /** How many connections are welcome at present. */
  public int connections() {
    return lane.ask(() -> hub.sessions().size());
  }

  /** Who is subscribed, as a number of connections. */
  public int subscribers(String channel) {
    return lane.ask(
        () ->
            (int)
                hub.sessions().values().stream()
                    .filter(session -> session.channels.contains(channel))
                    .count());
  }

  /**
   * Publishes as a backend does.
   *
   * @param data plain values
   * @throws IllegalArgumentException when the data cannot be written
   */
  public Position publish(String channel, String name, @Nullable Object data) {
    return publish(channel, name, data, null);
  }

  /** As {@link #publish(String, String, Object)}; an id that was there is not taken again. */
  public Position publish(String channel, String name, @Nullable Object data, @Nullable String id) {
    Object plain = Json.read(Json.write(data));
    return lane.ask(
        () -> {
          Position known = hub.log(channel).known(id);
          return known == null
              ? hub.store(
                  channel, Frames.object("n", name, "d", plain, "ts", lane.millis(), "id", id))
              : known;
        });
  }

  /** What a channel keeps, the oldest first, as clients get it. */
  public List<Message<Object>> messages(String channel) {
    return lane.ask(
        () -> {
          TestLog log = hub.log(channel);
          long epoch = log.head().epoch();
          return log.items().stream().map(item -> Kept.message(item, epoch)).toList();
        });
  }

  /** All connections break, as a network does it. */
  public void drop() {
    drop(Line.LOST);
  }

  /** All connections are closed with this code. */
  public void drop(int code) {
    lane.tell(() -> hub.lines().forEach(line -> hub.end(line, code, "")));
  }

  /** The next attempt to connect is refused with a close code of 4000 to 4399; see clause 7.4. */
  public void refuse(int code) {
    refuse(code, 1);
  }

  /**
   * As {@link #refuse(int)}, so many times.
   *
   * @throws IllegalArgumentException when it is another code
   */
  public void refuse(int code, int times) {
    Retry retry =
        switch (code / 100) {
          case 40 -> Retry.NO;
          case 41 -> Retry.LATER;
          case 42 -> Retry.NOW;
          case 43 -> Retry.TOKEN;
          default ->
              throw new IllegalArgumentException("code: " + code + " (expected: 4000 to 4399)");
        };
    Faults.Refusal refusal = new Faults.Refusal(Problem.of("unavailable", 50300, retry), code);
    lane.tell(
        () -> Stream.generate(() -> refusal).limit(times).forEach(hub.faults().refusals::add));
  }

  /** Nobody can connect any more, or again; the present connections break. */
  public void setReachable(boolean reachable) {
    lane.tell(
        () -> {
          hub.faults().unreachable = !reachable;
          if (!reachable) {
            drop();
          }
        });
  }

  /** Connections stay, but the server says nothing more, or speaks again. */
  public void setMute(boolean mute) {
    lane.tell(() -> hub.faults().mute = mute);
  }

  /** The next publish is taken, and the connection breaks before it is acknowledged. */
  public void loseAck() {
    lane.tell(() -> hub.faults().lostAcks++);
  }

  /**
   * The next publish is refused because of the application's rate, and may be sent again after this
   * time: clause 5.4.
   */
  public void throttle(Duration after) {
    lane.tell(() -> hub.faults().throttled.add(after.toMillis()));
  }

  /** The tokens in use end: their connections are closed, and they let nobody in. */
  public void expireToken() {
    Problem problem = Problem.of("token-expired", 40111, Retry.TOKEN);
    Faults.Refusal refusal = new Faults.Refusal(problem, problem.closeCode());
    lane.tell(
        () ->
            Map.copyOf(hub.sessions())
                .forEach(
                    (line, session) -> {
                      hub.faults().refusedTokens.put(session.credentials, refusal);
                      hub.farewell(line, problem, null, refusal.code());
                    }));
  }

  /** Tells clients that their token ends in this time: clause 2.7. */
  public void announceExpiry(Duration time) {
    Map<String, Object> reauth = Frames.of("reauth", "in", time.toMillis());
    lane.tell(() -> hub.sessions().keySet().forEach(line -> line.say(reauth)));
  }

  /** Nobody may use this channel, and who is subscribed is told. */
  public void deny(String channel) {
    Problem problem = Problem.of(DENIED, 40320);
    lane.tell(
        () -> {
          hub.faults().denied.put(channel, problem);
          hub.sessions()
              .forEach(
                  (line, session) -> {
                    if (session.channels.remove(channel)) {
                      line.say(problem.onto(Frames.of("err", "ch", channel)));
                    }
                  });
        });
  }

  /** All may use a channel again that was {@linkplain #deny denied}. */
  public void allow(String channel) {
    lane.tell(() -> hub.faults().denied.remove(channel));
  }

  /** The next messages are logged, but not sent to subscribers: holes. */
  public void skip(int messages) {
    lane.tell(() -> hub.faults().skipped += messages);
  }

  /** The next changes of presence happen, but are not told: holes as well. */
  public void skipPresence(int changes) {
    lane.tell(() -> hub.faults().skippedPresence += changes);
  }

  /**
   * Somebody else enters, or changes their data.
   *
   * @param clientId who it is; also names the member
   * @param data plain values
   */
  public void enter(String channel, String clientId, @Nullable Object data) {
    Map<String, Object> member = Frames.object("id", clientId, "d", Json.read(Json.write(data)));
    lane.tell(() -> hub.roster(channel).enter(clientId, member));
  }

  /** Somebody else leaves. */
  public void leave(String channel, String clientId) {
    lane.tell(() -> hub.roster(channel).leave(clientId));
  }

  /** The newest position is told to subscribers, as after something was left out: clause 3.5. */
  public void mark(String channel) {
    lane.tell(
        () -> hub.tell(channel, hub.push(channel, hub.log(channel).head().offset(), List.of())));
  }

  /** Logs are lost and begin anew: clause 3.1. */
  public void resetEpoch() {
    lane.tell(() -> hub.logs().forEach(TestLog::reset));
  }

  /** What a channel kept is over its time. */
  public void expire(String channel) {
    lane.tell(() -> hub.log(channel).expire());
  }
}
