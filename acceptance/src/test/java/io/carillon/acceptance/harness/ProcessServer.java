package io.carillon.acceptance.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a process of its own, on a free port. Thread-safe. */
public final class ProcessServer implements CarillonServer {
  private static final Pattern READY = Pattern.compile("Carillon is ready on (http://[^\\s\"]+)");
  private static final int START_SECONDS_MAX = 60;
  private static final int STOP_SECONDS_MAX = 30;
  private static final int LINES_KEPT = 5_000;

  private final Process process;
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Deque<String> output = new ArrayDeque<>();
  private final URI url;

  private ProcessServer(Process process) {
    this.process = process;
    // a pipe that nothing comes from would hold a carrier of virtual threads, of which there are
    // few
    Thread.ofPlatform().daemon().name("server-output").start(this::readOutput);
    this.url = awaitReady();
  }

  /**
   * Starts the server and answers when it is ready.
   *
   * @param environment the settings; the port is a free one unless set here
   */
  public static ProcessServer start(Map<String, String> environment) {
    Path jar = Path.of(System.getProperty("carillon.jar", "")).normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "carillon.jar: " + jar + " (expected: the packaged server; run mvn package)");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(java, "-Xmx512m", "-XX:+UseSerialGC", "-jar", jar.toString()));
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().put("CARILLON_PORT", "0");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    try {
      return new ProcessServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(URI.create(matcher.group(1)));
        }
      }
      ready.completeExceptionally(new IllegalStateException("the server ended:\n" + output()));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private synchronized void keep(String line) {
    output.addLast(line);
    if (output.size() > LINES_KEPT) {
      output.removeFirst();
    }
  }

  /** The last lines that the server printed. */
  public synchronized String output() {
    return String.join("\n", output);
  }

  private URI awaitReady() {
    try {
      return ready.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("the server did not become ready:\n" + output(), e);
    }
  }

  @Override
  public URI url() {
    return url;
  }

  /** Asks it to stop, without waiting. */
  public void askToStop() {
    process.destroy();
  }

  /** Ends it without a chance to tidy up. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    askToStop();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not stop:\n" + output());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
