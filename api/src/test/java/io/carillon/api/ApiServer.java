package io.carillon.api;

import io.carillon.api.console.ConsoleSecurity;
import io.carillon.core.Node;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.ThreadLane;
import io.carillon.jwt.JwtTokenIssuer;
import io.carillon.jwt.JwtTokenReader;
import io.carillon.schema.JsonSchemaCheck;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A started server over a real node with the local engine; only time and the directory are fakes.
 */
public final class ApiServer implements AutoCloseable {
  /** The moment of the published vectors. */
  public static final long NOW_SECONDS = 1_353_088_179;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public final FakeTicker ticker = new FakeTicker(NOW_SECONDS);
  public final FakeDirectory directory = new FakeDirectory();
  public final Node node;
  private final ThreadLane upkeep = new ThreadLane("upkeep");
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public ApiServer() {
    this(ports -> ports, Map.of());
  }

  /**
   * @param engine wraps the local engine's ports
   * @param properties beside a free port
   */
  public ApiServer(UnaryOperator<Ports> engine, Map<String, Object> properties) {
    this(engine, properties, new Node.Limits(1_000, 0));
  }

  /** One on which each application may publish so many messages in a second. */
  public static ApiServer limited(int messagesPerSecond) {
    return new ApiServer(ports -> ports, Map.of(), new Node.Limits(1_000, messagesPerSecond));
  }

  private ApiServer(
      UnaryOperator<Ports> engine, Map<String, Object> properties, Node.Limits limits) {
    AppSettings counting =
        new AppSettings(true, new Features(true, true, false), Limits.DEVELOPMENT);
    directory.add(Backend.ACME.app(), Backend.ACME.key(), Backend.ACME.secret(), counting);
    directory.add(
        Backend.OTHER.app(), Backend.OTHER.key(), Backend.OTHER.secret(), AppSettings.DEFAULT);
    Ports ports =
        engine.apply(
            new LocalEngine(ticker, 10_000_000).ports().withSchemas(new JsonSchemaCheck()));
    this.node =
        new Node(
            new Node.Parts(
                ports,
                directory,
                upkeep,
                new Node.Environment(ticker, () -> 1),
                limits,
                Node.Timing.USUAL));
    Map<String, Object> all = new HashMap<>(ConsoleSecurity.properties("master key of tests"));
    all.putAll(properties);
    all.put("micronaut.server.port", -1);
    this.server =
        ApplicationContext.builder()
            .properties(all)
            .singletons(
                node,
                new JwtTokenReader(directory, ticker),
                new JwtTokenIssuer(ticker, new SecureRandom()::nextLong),
                directory.ruleAdmin(),
                directory.revocationAdmin())
            .run(EmbeddedServer.class);
  }

  public URI uri(String pathAndQuery) {
    return URI.create("http://localhost:" + server.getPort() + pathAndQuery);
  }

  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  public HttpResponse<String> get(Backend as, String path, Map<String, String> parameters) {
    return send("GET", as, path, parameters, "");
  }

  public HttpResponse<String> post(Backend as, String path, String body) {
    return send("POST", as, path, Map.of(), body);
  }

  /** A signed request; the path is relative to the application. */
  public HttpResponse<String> send(
      String method, Backend as, String path, Map<String, String> parameters, String body) {
    String full = "/apps/" + as.app() + path;
    Map<String, String> query = as.signed(method, full, parameters, body, ticker.epochSeconds());
    return send(
        HttpRequest.newBuilder(uri(full + "?" + Backend.plain(query)))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A request to {@code /v1} with the backend's key; the path is relative to it. */
  public HttpResponse<String> rest(String method, Backend as, String path, String body) {
    return send(restRequest(method, as, path, body));
  }

  public HttpResponse<String> rest(Backend as, String path) {
    return rest("GET", as, path, "");
  }

  /** A request to {@code /v1} with a client token. */
  public HttpResponse<String> bearer(String method, String token, String path, String body) {
    return send(
        restRequest(method, Backend.ACME, path, body)
            .setHeader("authorization", "Bearer " + token));
  }

  /** As {@link #rest}, for a request that needs more than that. */
  public HttpRequest.Builder restRequest(String method, Backend as, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/v1" + path))
            .header("authorization", as.basic())
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    return body.isEmpty() ? request : request.header("content-type", "application/json");
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the server answers to these bytes until it closes. */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", server.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static ChannelId channel(Backend of, String name) {
    return ChannelId.of(new AppId(of.app()), ChannelName.of(name));
  }

  /** Everything that was published on the channel. */
  public List<Publication> published(Backend of, String name) {
    return node.ports()
        .log()
        .read(channel(of, name), new Position(0, 0), 1_000)
        .toCompletableFuture()
        .join()
        .publications();
  }

  /** The texts that were published on the channel. */
  public List<String> texts(Backend of, String name) {
    return published(of, name).stream().map(it -> it.message().payload().asText()).toList();
  }

  /** Someone subscribes to the channel. */
  public void subscribe(Backend of, String name) {
    node.ports().occupancy().added(channel(of, name));
  }

  /** A user subscribes to the presence channel. */
  public void enter(Backend of, String name, String userId, long connection) {
    subscribe(of, name);
    node.ports()
        .presence()
        .enter(
            channel(of, name),
            new PresenceEntry("k" + connection, new Member(userId, null)),
            new Hold(new ConnectionId(connection), Duration.ZERO),
            100)
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    upkeep.close();
  }
}
