package io.carillon.benchmark.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What comes over HTTP beside the load: event streams, history, polls, pages, and what is refused.
 * Each kind has a thread of its own; counting is thread-safe.
 */
final class Visitors implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String basic;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder visits = new LongAdder();
  private final LongAdder surprises = new LongAdder();
  private volatile boolean ended;
  private volatile String surprise = "";

  /** One visit, and the status that it has to see. */
  private record Visit(HttpRequest request, int expected) {}

  Visitors(int port, String key, String basic) {
    this.base = "http://127.0.0.1:" + port;
    this.basic = basic;
    begin(() -> stream(get("/v1/sse?ch=open&key=" + key)));
    begin(() -> once(new Visit(signed("/v1/channels/kept:k/messages?limit=50"), 200)));
    begin(() -> once(new Visit(get("/health"), 200)));
    begin(() -> once(new Visit(get("/"), 200)));
    begin(() -> once(new Visit(get("/v1/channels/a/messages"), 401)));
    begin(() -> once(new Visit(get("/v1/sse?ch=open&key=nobody"), 401)));
    begin(() -> once(new Visit(get("/v1/console/session"), 401)));
    begin(() -> once(new Visit(get("/no/such/page.json"), 404)));
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
  }

  private HttpRequest signed(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(PATIENCE)
        .header("Authorization", "Basic " + basic)
        .build();
  }

  /** Something that may fail, and is done again and again. */
  private interface Step {
    void go() throws IOException, InterruptedException;
  }

  private void begin(Step step) {
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!ended) {
                    try {
                      step.go();
                      visits.increment();
                      Thread.sleep(PAUSE_MILLIS);
                    } catch (IOException e) {
                      surprised(String.valueOf(e));
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                }));
  }

  private void once(Visit visit) throws IOException, InterruptedException {
    HttpResponse<Void> answer = client.send(visit.request(), BodyHandlers.discarding());
    if (answer.statusCode() != visit.expected()) {
      surprised(visit.request().uri() + ": " + answer.statusCode());
    }
  }

  /** Opens a stream, reads its beginning and drops it. */
  private void stream(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200 || body.read() < 0) {
        surprised(request.uri() + ": " + answer.statusCode());
      }
    }
  }

  private void surprised(String what) {
    if (!ended) {
      surprises.increment();
      surprise = what;
    }
  }

  long visits() {
    return visits.sum();
  }

  /** What was not as it has to be, and the last of it. */
  String surprises() {
    return surprises.sum() == 0 ? "" : surprises.sum() + ", the last: " + surprise;
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Thread::interrupt);
    client.shutdownNow();
  }
}
