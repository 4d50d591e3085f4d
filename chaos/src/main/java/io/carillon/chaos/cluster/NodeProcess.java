package io.carillon.chaos.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One node of Carillon with one role, on a port that it keeps. Confined to the suite's thread. */
public final class NodeProcess implements AutoCloseable {
  /** Of the heap; what the suite calls bounded follows from it. */
  static final int HEAP_MEGABYTES = 256;

  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration LOOK_MAX = Duration.ofSeconds(1);
  private static final int READY = 200;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LOOK_MAX).build();

  private final String name;
  private final int port;
  private final Path log;
  private final List<String> command;
  private final Map<String, String> environment;
  private volatile Child process;

  NodeProcess(
      String name, int port, Path log, List<String> command, Map<String, String> environment) {
    this.name = name;
    this.port = port;
    this.log = log;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.process = launch();
  }

  private Child launch() {
    return Child.start(log, command, environment);
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  Path log() {
    return log;
  }

  /** Whether it takes clients, as a load balancer asks it. */
  boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/health/readiness")).timeout(LOOK_MAX).build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == READY;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void awaitReady() {
    Child started = process;
    if (!Waiting.until(START_MAX, () -> !started.isAlive() || isReady()) || !started.isAlive()) {
      throw new IllegalStateException(name + " is not ready within " + START_MAX + "; see " + log);
    }
  }

  public void pause() {
    process.pause();
  }

  public void resume() {
    process.resume();
  }

  public void kill() {
    process.kill();
  }

  /** Asks it to end; it sends its clients elsewhere first. */
  public void stop() {
    process.stop();
  }

  /** After a kill or a stop; answers when it is ready. */
  public void startAgain() {
    process = launch();
    awaitReady();
  }

  long residentBytes() {
    return process.residentBytes();
  }

  @Override
  public void close() {
    process.close();
  }
}
