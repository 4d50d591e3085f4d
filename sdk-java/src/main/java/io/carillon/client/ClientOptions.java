package io.carillon.client;

import static java.util.Objects.requireNonNull;

import io.carillon.client.internal.Lane;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How a client works; {@link #token} or {@link #key} is needed. Confined to who builds it. */
public final class ClientOptions {
  private static final Duration PUBLISH_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LINGER = Duration.ofMillis(500);
  private static final int QUEUE_LIMIT = 1_000;
  private static final int BUFFER = 1_000;

  @Nullable Object who;
  @Nullable HttpClient httpClient;
  boolean messagePack;
  int queueLimit = QUEUE_LIMIT;
  int buffer = BUFFER;
  Duration publishTimeout = PUBLISH_TIMEOUT;
  Duration linger = LINGER;
  @Nullable Lane lane;
  Executor listeners = Threads.standard();
  Executor worker = listeners;

  ClientOptions() {}

  /** Who the client is: tokens that your backend signs. */
  public ClientOptions token(TokenSupplier supplier) {
    who = requireNonNull(supplier, "supplier");
    return this;
  }

  /** Who the client is: nobody; the application's key allows to subscribe to public channels. */
  public ClientOptions key(String key) {
    who = Expected.key(key);
    return this;
  }

  /** How many requests may wait for an answer, sent or not; more are refused. 1,000 at first. */
  public ClientOptions queueLimit(int requests) {
    queueLimit = positive("queueLimit", requests);
    return this;
  }

  /** In which a publish succeeds or fails, whatever happens. 2 minutes at first. */
  public ClientOptions publishTimeout(Duration timeout) {
    publishTimeout = positive("publishTimeout", timeout);
    return this;
  }

  /** For how long a channel stays joined after its last listener. 500 milliseconds at first. */
  public ClientOptions linger(Duration time) {
    linger = positive("linger", time);
    return this;
  }

  /**
   * How many messages may wait for a channel's listeners, and for each stream and flow of it; then
   * the channel waits and the rest stays at the server. 1,000 at first.
   */
  public ClientOptions buffer(int messages) {
    buffer = positive("buffer", messages);
    return this;
  }

  /**
   * Where listeners and subscribers of flows run; at first a virtual thread for each channel that
   * has something to do, or a daemon thread before Java 21. It must not run its tasks in the thread
   * that gives them.
   */
  public ClientOptions listenerExecutor(Executor executor) {
    listeners = requireNonNull(executor, "executor");
    return this;
  }

  /** Speaks MessagePack in place of JSON: smaller, and bytes stay bytes. */
  public ClientOptions messagePack() {
    messagePack = true;
    return this;
  }

  /** With a proxy or certificates of yours; the client does not close it. */
  public ClientOptions httpClient(HttpClient client) {
    httpClient = requireNonNull(client, "client");
    return this;
  }

  /**
   * For the testkit: where the client's state changes and its time comes from, and where everything
   * runs that may wait.
   */
  @SuppressWarnings("exports") // applications do not see it
  public ClientOptions lane(Lane clientLane, Executor executor) {
    lane = clientLane;
    worker = executor;
    listeners = executor;
    return this;
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
    }
    return value;
  }

  static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than nothing)");
    }
    return value;
  }
}
