package io.carillon.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real load balancer with the settings that are delivered, in front of two servers. Confined to
 * its test.
 */
public final class LoadBalancer implements AutoCloseable {
  private static final Path SETTINGS = Path.of("..", "deploy");

  private final Process process;
  private final Path folder;
  private final URI url;

  private LoadBalancer(Process process, Path folder, URI url) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    Deadline.await("load balancer: " + output(), this::answers);
  }

  /** Which one it is. */
  public enum Kind {
    NGINX,
    HAPROXY,
    CADDY
  }

  /**
   * Starts one.
   *
   * @param first of two servers
   */
  public static LoadBalancer start(Kind kind, URI first, URI second) {
    try {
      int port = freePort();
      Map<String, String> changes =
          Map.of(
              "127.0.0.1:8081",
              first.getAuthority().replace("localhost", "127.0.0.1"),
              "127.0.0.1:8082",
              second.getAuthority().replace("localhost", "127.0.0.1"),
              "listen 8080",
              "listen 127.0.0.1:" + port,
              "bind :8080",
              "bind 127.0.0.1:" + port,
              "\n:8080 {",
              "\nhttp://127.0.0.1:" + port + " {");
      Path folder = Files.createTempDirectory("carillon-balancer");
      List<String> command =
          switch (kind) {
            case NGINX -> nginx(folder, changes);
            case HAPROXY -> haproxy(folder, changes);
            case CADDY -> caddy(folder, changes);
          };
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      return new LoadBalancer(process, folder, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static List<String> nginx(Path folder, Map<String, String> changes) throws IOException {
    delivered(folder, "nginx/upstreams.conf", changes);
    delivered(folder, "nginx/carillon.conf", changes);
    Path main = folder.resolve("nginx.conf");
    Files.writeString(
        main,
        """
        daemon off;
        pid %1$s/pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          include %1$s/upstreams.conf;
          include %1$s/carillon.conf;
        }
        """
            .formatted(folder));
    return List.of("nginx", "-c", main.toString(), "-p", folder.toString());
  }

  private static List<String> haproxy(Path folder, Map<String, String> changes) throws IOException {
    Path settings = delivered(folder, "haproxy/haproxy.cfg", changes);
    Path servers = delivered(folder, "haproxy/servers.cfg", changes);
    return List.of("haproxy", "-db", "-f", settings.toString(), "-f", servers.toString());
  }

  private static List<String> caddy(Path folder, Map<String, String> changes) throws IOException {
    Path settings = delivered(folder, "caddy/Caddyfile", changes);
    // Two of them on one machine would want the same port for what an administrator asks.
    Files.writeString(settings, "{\n\tadmin off\n}\n" + Files.readString(settings));
    return List.of("caddy", "run", "--adapter", "caddyfile", "--config", settings.toString());
  }

  /** A copy of a file below {@code deploy}, with other addresses. */
  private static Path delivered(Path folder, String name, Map<String, String> changes)
      throws IOException {
    Path from = SETTINGS.resolve(name);
    Path copy = folder.resolve(from.getFileName());
    return Files.writeString(copy, changed(Files.readString(from), changes));
  }

  private static String changed(String settings, Map<String, String> changes) {
    String text = settings;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("the load balancer ended: " + output());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it printed. */
  public String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Carillon.deleteFolder(folder);
  }
}
