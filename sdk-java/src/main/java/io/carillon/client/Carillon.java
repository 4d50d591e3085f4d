package io.carillon.client;

import static java.util.Objects.requireNonNull;

import io.carillon.client.internal.Lane;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One connection to a Carillon server, for all channels. Thread-safe, and never holds a lock while
 * it waits, so virtual threads are not pinned.
 *
 * <p>All state lives on one thread of the client's own, which never waits; listeners and token
 * suppliers run elsewhere. The client's threads are daemons and end when there is nothing to do.
 *
 * <pre>{@code
 * try (Carillon client = Carillon.connect(url, o -> o.token(request -> backend.token()))) {
 *   Channel<Object> room = client.channel("chat:42", c -> c.rewind(20));
 *   room.on("message", message -> show(message.data()));
 *   room.publish("message", Map.of("text", "hi"));
 * }
 * }</pre>
 */
public final class Carillon implements AutoCloseable {
  private final Core core;

  private Carillon(Core core) {
    this.core = core;
  }

  /**
   * A client that connects when something needs it.
   *
   * @param url where the server is, {@code https://rt.example.com}; a path is kept, for servers
   *     behind a proxy
   * @throws IllegalArgumentException when the options name neither a token supplier nor a key, or
   *     the address is no http one
   */
  public static Carillon of(String url, Consumer<? super ClientOptions> options) {
    ClientOptions chosen = chosen(options);
    URI socket = socketOf(url);
    Lane own = chosen.lane;
    Lane lane = own == null ? new ThreadLane() : own;
    HttpClient given = chosen.httpClient;
    HttpClient http = given == null ? HttpClient.newHttpClient() : given;
    return of(url, chosen, lane, listener -> SocketLink.open(lane, chosen, http, socket, listener));
  }

  /** As {@link #of}, and begins to connect; does not wait for it. */
  public static Carillon connect(String url, Consumer<? super ClientOptions> options) {
    Carillon client = of(url, options);
    client.connect();
    return client;
  }

  /** On a lane and over links of a test's own. */
  static Carillon of(String url, ClientOptions options, Lane lane, Link.Dialer dialer) {
    Object who = requireNonNull(options.who);
    Settings settings = new Settings(options, base(url) + "/docs/errors.md#");
    return new Carillon(new Core(settings, lane, who, dialer));
  }

  private static ClientOptions chosen(Consumer<? super ClientOptions> options) {
    ClientOptions chosen = new ClientOptions();
    options.accept(chosen);
    if (chosen.who == null) {
      throw new IllegalArgumentException("options: no credentials (expected: token or key)");
    }
    return chosen;
  }

  private static String base(String url) {
    return url.replaceAll("/+$", "");
  }

  private static URI socketOf(String url) {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException("url: " + url + " (expected: http:// or https://)");
    }
    return URI.create(base(url).replaceFirst("^http", "ws") + "/v1/realtime?client=carillon-java");
  }

  /** What the connection does at this moment. */
  public ConnectionState state() {
    return core.connection().state;
  }

  /**
   * Connects, also after a failure; while the client waits, at once. Completed when it is
   * connected, or with a {@link CarillonException} when the server refuses it for good, or it was
   * closed.
   */
  public CompletableFuture<Void> connect() {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    core.lane()
        .execute(
            () -> {
              core.connection().connect();
              core.whenConnected(connected);
            });
    return core.handOut(connected);
  }

  /**
   * The channel of this name, with plain values as data; see {@link DataForm}. The options of the
   * first call for a name count.
   */
  public Channel<Object> channel(String name) {
    return channel(name, DataForm.plain(), options -> {});
  }

  /** As {@link #channel(String)}, with options. */
  public Channel<Object> channel(String name, Consumer<? super ChannelOptions> options) {
    return channel(name, DataForm.plain(), options);
  }

  /**
   * The channel of this name, with data of the application's own.
   *
   * @param form how data is written and read
   * @param <T> the data
   */
  public <T> Channel<T> channel(
      String name, DataForm<T> form, Consumer<? super ChannelOptions> options) {
    requireNonNull(name, "name");
    requireNonNull(form, "form");
    ChannelCore inside =
        core.channels()
            .computeIfAbsent(
                name,
                absent -> {
                  ChannelOptions chosen = new ChannelOptions();
                  options.accept(chosen);
                  return new ChannelCore(core, name, chosen);
                });
    return new Channel<>(inside, form);
  }

  /** Leaves the channel and forgets it, for clients that see many names. */
  public void release(String name) {
    ChannelCore channel = core.channels().remove(name);
    if (channel != null) {
      channel.leave();
    }
  }

  /** Calls back when the connection's state changes. */
  public Subscription onState(Consumer<? super ConnectionState> listener) {
    return Channel.added(core.stateListeners, listener::accept);
  }

  /** Calls back when an attempt to get a token failed. */
  public Subscription onTokenFailure(Consumer<? super TokenFailure> listener) {
    return Channel.added(core.tokenListeners, listener::accept);
  }

  /** Calls back when the server complains about something that no call or channel stands for. */
  public Subscription onError(Consumer<? super CarillonException> listener) {
    return Channel.added(core.errorListeners, listener::accept);
  }

  /**
   * Ends the connection for good; what waits for an answer fails as {@link ClientError#CLOSED}.
   * Idempotent, never waits.
   */
  @Override
  public void close() {
    core.lane().execute(core.connection()::close);
  }
}
