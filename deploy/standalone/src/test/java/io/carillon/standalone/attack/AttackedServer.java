package io.carillon.standalone.attack;

import io.carillon.standalone.ConsoleServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all attacks, with an application of each of two owners, started for the first and
 * stopped after the last. Thread-safe.
 */
public final class AttackedServer implements ParameterResolver {
  static final String APP = "1001";
  static final String KEY = "victim-key";
  static final String SECRET = "victim-secret-0123456789";

  /** The first of the two whose pages may connect. */
  static final String ORIGIN = "https://app.example.com";

  static final String OTHER_ORIGIN = "https://other.example.com";

  static final String OTHER_APP = "1002";
  static final String OTHER_KEY = "attacker-key";
  static final String OTHER_SECRET = "attacker-secret-0123456789";

  private record Running(ConsoleServer server, Path data) implements AutoCloseable {
    static Running begin() {
      try {
        Path data = Files.createTempDirectory("carillon-attacked");
        return new Running(
            new ConsoleServer(
                data,
                Map.of(
                    "CARILLON_BOOTSTRAP_APPS",
                    String.join(
                        ",",
                        APP + ":" + KEY + ":" + SECRET,
                        OTHER_APP + ":" + OTHER_KEY + ":" + OTHER_SECRET),
                    "CARILLON_ALLOWED_ORIGINS",
                    ORIGIN + "," + OTHER_ORIGIN,
                    "CARILLON_PUBLIC_URL",
                    "https://console.example",
                    "CARILLON_METRICS_PORT",
                    String.valueOf(freePort()))),
            data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ConsoleServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(AttackedServer.class))
        .getOrComputeIfAbsent("server", name -> Running.begin(), Running.class)
        .server();
  }
}
