package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shared inside of a client: its connection, who waits for which answer, and its feeds.
 * Confined to the lane, but for the channels and the lists of listeners, which any thread may
 * change.
 */
final class Core implements Connection.Host {
  /** The WebSocket close code for a message over the size limit. */
  private static final int TOO_BIG = 1009;

  final List<Consumer<ConnectionState>> stateListeners = new CopyOnWriteArrayList<>();
  final List<Consumer<TokenFailure>> tokenListeners = new CopyOnWriteArrayList<>();
  final List<Consumer<CarillonException>> errorListeners = new CopyOnWriteArrayList<>();

  private final Settings settings;
  private final Lane lane;
  private final Connection connection;
  private final Requests requests;
  private final Delivery events;

  /** Those that want something of the connection. */
  private final Map<String, Feed> feeds = new LinkedHashMap<>();

  private final Map<String, ChannelCore> channels = new ConcurrentHashMap<>();

  private final List<CompletableFuture<Void>> connecting = new ArrayList<>();

  /** Waiting for an answer on this connection. */
  private final Map<Long, Consumer<Frame>> expected = new HashMap<>();

  private long lastNumber;

  Core(Settings settings, Lane lane, Object who, Link.Dialer dialer) {
    this.settings = settings;
    this.lane = lane;
    this.events = new Delivery(settings.listeners, settings.buffer, () -> {});
    Credentials credentials =
        who instanceof TokenSupplier supplier
            ? new Credentials.OfTokens(
                new Tokens(lane, settings.worker, supplier, this::tokenFailed))
            : new Credentials.OfKey((String) who);
    this.connection = new Connection(this, lane, credentials, dialer);
    this.requests = new Requests(this);
  }

  Settings settings() {
    return settings;
  }

  Lane lane() {
    return lane;
  }

  Connection connection() {
    return connection;
  }

  Requests requests() {
    return requests;
  }

  Map<String, Feed> feeds() {
    return feeds;
  }

  Map<String, ChannelCore> channels() {
    return channels;
  }

  /** Connects because something is needed; a client that was closed or refused stays that. */
  void need() {
    if (connection.state instanceof ConnectionState.Idle) {
      connection.connect();
    }
  }

  /** Why nothing can be asked for, if so; any thread may ask. */
  @Nullable CarillonException dead() {
    ConnectionState state = connection.state;
    if (state instanceof ConnectionState.Failed failed) {
      return failed.reason();
    }
    return state instanceof ConnectionState.Closed
        ? CarillonException.of(ClientError.CLOSED, "")
        : null;
  }

  long nextNumber() {
    return ++lastNumber;
  }

  void expect(long number, Consumer<Frame> answered) {
    expected.put(number, answered);
  }

  @Override
  public long expect(Consumer<Frame> answered) {
    long number = nextNumber();
    expect(number, answered);
    return number;
  }

  @Override
  public List<String> opening() {
    List<String> frames = new ArrayList<>();
    for (Feed feed : List.copyOf(feeds.values())) {
      if (!feed.isPaused()) {
        frames.add(feed.asking());
      }
    }
    channels.values().forEach(channel -> channel.presence().opening(frames));
    return frames;
  }

  @Override
  public void welcomed() {
    requests.resend();
  }

  @Override
  public void renewed() {
    for (Feed feed : List.copyOf(feeds.values())) {
      if (!feed.isWanted()) {
        feed.ask();
      }
    }
  }

  @Override
  public void received(Frame frame) {
    switch (frame.type()) {
      case "msg" -> {
        Feed feed = feeds.get(frame.text("ch", ""));
        if (feed != null) {
          feed.receive(frame);
        }
      }
      case "pres" -> {
        ChannelCore channel = channels.get(frame.text("ch", ""));
        if (channel != null) {
          channel.presence().received(frame);
        }
      }
      case "eph" -> {
        ChannelCore channel = channels.get(frame.text("ch", ""));
        if (channel != null) {
          channel.signals().received(frame);
        }
      }
      case "welcome", "subbed", "ok", "err" -> answered(frame);
      default -> {}
    }
  }

  private void answered(Frame reply) {
    if (!reply.has("i")) {
      unasked(reply);
      return;
    }
    long number = reply.number("i", 0);
    Consumer<Frame> waiting = expected.remove(number);
    if (waiting != null) {
      waiting.accept(reply);
    } else {
      requests.answered(number, reply);
    }
  }

  private void unasked(Frame said) {
    Feed feed = feeds.get(said.text("ch", ""));
    if (said.type().equals("err")) {
      complained(said);
    } else if (said.type().equals("subbed") && feed != null) {
      feed.told(said);
    }
  }

  private void complained(Frame problem) {
    CarillonException error = problem(problem);
    String name = problem.text("ch", "");
    Feed feed = feeds.get(name);
    ChannelCore channel = channels.get(name);
    if (channel != null && problem.text("of", "").equals("enter")) {
      channel.presence().ended(error);
    } else if (feed != null) {
      feed.refused(error);
    } else {
      tell(errorListeners, error);
    }
  }

  @Override
  public void lost(int code) {
    expected.clear();
    if (code == TOO_BIG) {
      requests.giveUpLargest();
    }
    List.copyOf(feeds.values()).forEach(Feed::lost);
    channels.values().forEach(channel -> channel.presence().lost());
  }

  @Override
  public void changed(ConnectionState state) {
    CarillonException dead = dead();
    if (dead != null) {
      requests.fail(dead);
      List.copyOf(feeds.values()).forEach(feed -> feed.ended(dead));
    }
    tellConnecting(state, dead);
    tell(stateListeners, state);
  }

  /** Completed when there is a connection, or there will be none. */
  void whenConnected(CompletableFuture<Void> future) {
    connecting.add(future);
    tellConnecting(connection.state, dead());
  }

  private void tellConnecting(ConnectionState state, @Nullable CarillonException dead) {
    if (connecting.isEmpty() || (dead == null && !(state instanceof ConnectionState.Connected))) {
      return;
    }
    List<CompletableFuture<Void>> all = List.copyOf(connecting);
    connecting.clear();
    for (CompletableFuture<Void> future : all) {
      if (dead == null) {
        future.complete(null);
      } else {
        future.completeExceptionally(dead);
      }
    }
  }

  @Override
  public CarillonException problem(Frame problem) {
    return CarillonException.ofServer(problem, settings.errors);
  }

  private void tokenFailed(TokenFailure failure) {
    tell(tokenListeners, failure);
  }

  private <E> void tell(List<Consumer<E>> listeners, E event) {
    if (!listeners.isEmpty()) {
      events.put(() -> listeners.forEach(listener -> listener.accept(event)));
    }
  }

  /** For the caller: completed where it may do what it likes. */
  <T> CompletableFuture<T> handOut(CompletableFuture<T> inner) {
    CompletableFuture<T> outer = new CompletableFuture<>();
    inner.whenComplete(
        (value, thrown) ->
            settings.worker.execute(
                () -> {
                  if (thrown == null) {
                    outer.complete(value);
                  } else {
                    outer.completeExceptionally(CarillonException.as(thrown, ClientError.ABORTED));
                  }
                }));
    return outer;
  }
}
