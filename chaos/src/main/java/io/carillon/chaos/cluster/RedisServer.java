package io.carillon.chaos.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A Redis server with an append-only file, as one is run in production: written at once, synced to
 * the disk each second. Confined to the suite's thread.
 */
public final class RedisServer implements AutoCloseable {
  private static final String VERSION = "7.0.15";
  private static final Duration START_MAX = Duration.ofSeconds(20);
  private static final int ANSWER_MILLIS_MAX = 5_000;

  private final Path folder;
  private final Path binary;
  private final int port = Ports.free();
  private Child process;

  private RedisServer(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.binary = unpack(folder);
    this.process = launch();
  }

  static RedisServer start(Path folder) {
    try {
      RedisServer server = new RedisServer(folder);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  Path log() {
    return folder.resolve("redis.log");
  }

  private Child launch() {
    return Child.start(
        log(),
        List.of(
            binary.toString(),
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--maxmemory",
            "512mb"),
        Map.of());
  }

  private void awaitReady() {
    if (!Waiting.until(START_MAX, () -> process.isAlive() && answers("PING", "+PONG"))) {
      throw new IllegalStateException("Redis is not ready within " + START_MAX + "; see " + log());
    }
  }

  private boolean answers(String command, String expected) {
    try {
      return command(command).equals(expected);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Carries out a command of one line and answers the first line of the reply. */
  public String command(String line) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.at(port), ANSWER_MILLIS_MAX);
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
      return String.valueOf(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void pause() {
    process.pause();
  }

  public void resume() {
    process.resume();
  }

  /** In good order. */
  public void stop() {
    process.stop();
  }

  /** Without a word. */
  public void kill() {
    process.kill();
  }

  /** With what it has on its disk; answers when it is ready. */
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

  private static Path unpack(Path folder) throws IOException {
    String name = "redis-server-" + VERSION + "-" + system() + "-" + processor();
    try (InputStream in = RedisServer.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " (expected: a server for this machine)");
      }
      Path file = folder.resolve("redis-server");
      Files.write(file, in.readAllBytes());
      Files.setPosixFilePermissions(file, Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE));
      return file;
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String processor() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
  }
}
