package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that was started with Java, and what it prints. Thread-safe. */
public final class Program implements AutoCloseable {
  private static final int END_SECONDS_MAX = 60;

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers;

  private Program(Process process) {
    this.process = process;
    this.readers =
        List.of(
            // a pipe would hold a carrier of virtual threads
            Thread.ofPlatform().daemon().start(() -> read(process.inputReader(UTF_8), out)),
            Thread.ofPlatform().daemon().start(() -> read(process.errorReader(UTF_8), err)));
  }

  /** A command of {@code ./carillon}, from the packaged jar. */
  public static Program command(Map<String, String> environment, String... words) {
    List<String> line = new ArrayList<>(List.of("-jar", System.getProperty("carillon.jar", "")));
    line.addAll(List.of(words));
    return start(environment, line);
  }

  /** A program that is a jar. */
  public static Program jar(String jar, Map<String, String> environment) {
    return start(environment, List.of("-jar", jar));
  }

  /** A Java file, with nothing but the client library. */
  public static Program file(Path file, String... words) {
    String library =
        Path.of(
                io.carillon.client.Carillon.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath())
            .toString();
    List<String> line = new ArrayList<>(List.of("-cp", library, file.toString()));
    line.addAll(List.of(words));
    return start(Map.of(), line);
  }

  private static Program start(Map<String, String> environment, List<String> words) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole lines only: what a killed process had begun to say counts for nothing. */
  private static void read(BufferedReader reader, List<String> lines) {
    StringBuilder line = new StringBuilder();
    try (reader) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          synchronized (lines) {
            lines.add(line.toString());
          }
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException ended) {
      // the process has ended
    }
  }

  public List<String> out() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  public List<String> err() {
    synchronized (err) {
      return List.copyOf(err);
    }
  }

  /** Types a line. */
  public void type(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing more is typed. */
  public Program endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The exit code, with all that it printed read. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("the program does not end: " + out() + err());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** As Ctrl-C or a supervisor asks it. */
  public int stop() {
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** As {@code kill -9}; what it had printed is read, which the process's own method would not. */
  public void kill() {
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
