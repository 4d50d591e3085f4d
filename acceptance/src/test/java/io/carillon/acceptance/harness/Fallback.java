package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A client of pusher-js' HTTP transports: it receives by one request after the other and sends by
 * requests of their own. Frames arrive on threads of their own; the rest is confined to the test.
 */
public final class Fallback implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final URI session;
  private final String query;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<Frame> untaken = new ArrayList<>();
  private final List<InputStream> streams = new CopyOnWriteArrayList<>();
  private boolean polling;
  private boolean opened;

  /**
   * A client that has not asked for anything yet.
   *
   * @param query of the receiving requests, such as {@code protocol=7}
   */
  public Fallback(TestApp app, String query) {
    String name = "%08d".formatted(NAMES.incrementAndGet());
    this.session = URI.create(app.server() + "/pusher/app/" + app.key() + "/123/" + name);
    this.query = query;
  }

  /**
   * Receives by one long response from now on, which has begun when this returns: what is published
   * before that may still be written to the one that it replaces.
   */
  public Fallback stream() {
    polling = false;
    HttpResponse<InputStream> response =
        Deadline.await(
            "response",
            CLIENT.sendAsync(
                request("/xhr_streaming", ""), HttpResponse.BodyHandlers.ofInputStream()));
    Thread.startVirtualThread(() -> readLines(response));
    return this;
  }

  /** Receives by short responses from now on. */
  public Fallback poll() {
    polling = true;
    return this;
  }

  private void readLines(HttpResponse<InputStream> response) {
    streams.add(response.body());
    if (response.statusCode() != 200) {
      lines.add("status " + response.statusCode());
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // the test has closed the stream
    }
  }

  /** The open frame, which has to be the first. */
  public void awaitOpen() {
    String first = nextLine();
    if (!first.startsWith("o")) {
      throw new AssertionError("first frame: " + first + " (expected: o)");
    }
    opened = true;
  }

  /** The first message with this event that was not taken yet; it is taken now. */
  public Frame await(String event) {
    if (!opened) {
      awaitOpen();
    }
    Predicate<Frame> wanted = frame -> frame.event().equals(event);
    long end = System.nanoTime() + Deadline.DEFAULT.toNanos();
    while (System.nanoTime() < end) {
      for (Frame frame : untaken) {
        if (wanted.test(frame)) {
          untaken.remove(frame);
          return frame;
        }
      }
      take(nextLine());
    }
    throw new AssertionError("no " + event + "; not taken: " + untaken);
  }

  /** The messages that have arrived and were not taken. */
  public List<Frame> untaken() {
    return List.copyOf(untaken);
  }

  /** The code of the close frame, which has to come. */
  public int awaitClose() {
    String line = nextLine();
    while (!line.startsWith("c")) {
      line = nextLine();
    }
    return Json.parse(line.substring(1)).get(0).intValue();
  }

  private void take(String line) {
    switch (line.isEmpty() ? 'h' : line.charAt(0)) {
      case 'a' -> {
        for (JsonNode message : Json.parse(line.substring(1))) {
          untaken.add(Frame.parse(message.textValue()));
        }
      }
      case 'm' -> untaken.add(Frame.parse(Json.parse(line.substring(1)).textValue()));
      case 'h' -> {}
      default -> throw new AssertionError("frame: " + line + " (expected: a, m or h)");
    }
  }

  private String nextLine() {
    if (polling && lines.isEmpty()) {
      HttpResponse<String> response = ask("/xhr", "", HttpResponse.BodyHandlers.ofString());
      expectOk(response.statusCode());
      response.body().lines().forEach(lines::add);
    }
    try {
      String line = lines.poll(Deadline.DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError("no frame within " + Deadline.DEFAULT);
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Sends these messages in one request. */
  public void send(String... messages) {
    expectOk(sendBody(Json.write(messages)));
  }

  /** Sends a body as it is; answers the status. */
  public int sendBody(String body) {
    return ask("/xhr_send", body, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private <T> HttpResponse<T> ask(String what, String body, HttpResponse.BodyHandler<T> handler) {
    HttpRequest request = request(what, body);
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new AssertionError(request.uri() + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpRequest request(String what, String body) {
    URI uri = URI.create(session + what + "?" + query + "&t=1&n=" + NAMES.incrementAndGet());
    return HttpRequest.newBuilder(uri)
        .timeout(Deadline.DEFAULT.multipliedBy(3))
        .header("Content-Type", "text/plain")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void expectOk(int status) {
    if (status != 200) {
      throw new AssertionError("status: " + status + " (expected: 200)");
    }
  }

  /** Drops the streams, as a page that is left. */
  @Override
  public void close() {
    interrupt();
  }

  /** Drops the streams; the client may come back. */
  public void interrupt() {
    for (InputStream stream : streams) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
