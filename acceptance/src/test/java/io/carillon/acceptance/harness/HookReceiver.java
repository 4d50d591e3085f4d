package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tenant's server that webhooks call; it can go away and come back. Thread-safe. */
public final class HookReceiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Hold hold;
  private HttpServer server;

  /** A call that waits for its answer. */
  public static final class Hold {
    private final Predicate<JsonNode> of;
    private final CountDownLatch came = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private Hold(Predicate<JsonNode> of) {
      this.of = of;
    }

    public boolean hasCome() {
      return came.getCount() == 0;
    }

    public void end() {
      over.countDown();
    }
  }

  private final Queue<Headers> calls = new ConcurrentLinkedQueue<>();

  public HookReceiver() {
    this.server = started(0);
  }

  private HttpServer started(int port) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      made.setExecutor(answering);
      made.createContext("/", this::take);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    calls.add(exchange.getRequestHeaders());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (JsonNode event : Json.parse(body).get("events")) {
      events.add(event);
      Hold current = hold;
      if (current != null && current.of.test(event)) {
        current.came.countDown();
        try {
          current.over.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    exchange.sendResponseHeaders(NO_CONTENT, -1);
    exchange.close();
  }

  /** This header of all calls that have it. */
  public List<String> headers(String name) {
    return calls.stream().map(it -> it.getFirst(name)).filter(Objects::nonNull).toList();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Calls with such an event are answered when the hold is over. */
  public Hold hold(Predicate<JsonNode> of) {
    Hold begun = new Hold(of);
    this.hold = begun;
    return begun;
  }

  /** Nobody answers at its address any more. */
  public void goAway() {
    server.stop(0);
  }

  public void comeBack() {
    server = started(server.getAddress().getPort());
  }

  /** Every event of every call, in the order in which they came. */
  public List<JsonNode> all() {
    return List.copyOf(events);
  }

  public void clear() {
    events.clear();
  }

  /** Each event once by its id, as receivers are to take them, in the order of the first. */
  public List<JsonNode> told(Predicate<JsonNode> which) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    events.stream().filter(which).forEach(it -> byId.putIfAbsent(it.get("id").asText(), it));
    return List.copyOf(byId.values());
  }

  @Override
  public void close() {
    Hold current = hold;
    if (current != null) {
      current.end();
    }
    server.stop(0);
    answering.close();
  }
}
