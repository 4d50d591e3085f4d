package io.carillon.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.standalone.files.DataFolder.DemoApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client's token from its issue by REST to its revocation, which no restart forgets; and a rule
 * from its making to the message that it refuses. Over the real server and database.
 */
class TokensAndRulesTest {
  /** The promise is one second; the rest is for a busy machine. */
  private static final long SOON_SECONDS = 3;

  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path data;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aRevokedTokenCutsItsSocketAndIsRefusedAfterARestart() throws Exception {
    String revoked;
    String kept;
    try (Standalone standalone = standalone()) {
      Server server = server(standalone);
      revoked = server.token("anna");
      kept = server.token("bert");
      Ears anna = server.hello(revoked);
      Ears bert = server.hello(kept);
      assertThat(anna.next()).contains("\"welcome\"");
      assertThat(bert.next()).contains("\"welcome\"");

      assertThat(server.send("POST", "/v1/tokens/revoke", "{\"clientId\":\"anna\"}").body())
          .contains("\"by\":\"clientId\"");

      assertThat(anna.closed.get(SOON_SECONDS, TimeUnit.SECONDS)).isBetween(4300, 4399);
      assertThat(server.hello(revoked).next()).contains("token-revoked");
      assertThat(bert.closed).isNotDone();
    }
    try (Standalone standalone = standalone()) {
      Server server = server(standalone);

      assertThat(server.hello(revoked).next()).contains("token-revoked");
      assertThat(server.hello(kept).next()).contains("\"welcome\"");
      // a token says the second of its issue, and a revocation takes in the second in which it came
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
      while (!server.hello(server.token("anna")).next().contains("\"welcome\"")) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }

  @Test
  void aRuleHoldsWithinASecondAndAfterARestart() throws Exception {
    String rule = "{\"schema\":{\"type\":\"object\",\"required\":[\"text\"]}}";
    try (Standalone standalone = standalone()) {
      Server server = server(standalone);
      assertThat(server.publish("{}").statusCode()).isEqualTo(201);

      assertThat(server.send("PUT", "/v1/rules/chat:*", rule).statusCode()).isEqualTo(201);

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
      while (server.publish("{}").statusCode() != 422) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      assertThat(server.publish("{\"text\":\"hi\"}").statusCode()).isEqualTo(201);
    }
    try (Standalone standalone = standalone()) {
      HttpResponse<String> refused = server(standalone).publish("{}");

      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("payload-invalid", "text", "chat:*");
    }
  }

  private Standalone standalone() {
    ConfigLoader.Result result =
        ConfigLoader.load(Map.of("CARILLON_DATA", data.toString(), "CARILLON_PORT", "0"), Map.of());
    CarillonConfig config = ((ConfigLoader.Loaded) result).config();
    return new Standalone(
        config, new Steps(new PrintStream(new ByteArrayOutputStream(), true, UTF_8)));
  }

  private Server server(Standalone standalone) {
    Standalone.Running running = standalone.start();
    return new Server(running.url(), Objects.requireNonNull(running.demoApp()));
  }

  /** The running server as its demo app's backend and clients use it. */
  private final class Server {
    private final String url;
    private final DemoApp app;

    Server(String url, DemoApp app) {
      this.url = url;
      this.app = app;
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
      String credentials = app.key() + ":" + new String(app.secret().reveal(), UTF_8);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path))
              .header(
                  "authorization",
                  "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
              .header("content-type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> publish(String data) throws Exception {
      return send("POST", "/v1/channels/chat:1/messages", "{\"name\":\"e\",\"data\":" + data + "}");
    }

    String token(String clientId) throws Exception {
      String body =
          send(
                  "POST",
                  "/v1/tokens",
                  "{\"clientId\":\"" + clientId + "\",\"capabilities\":{\"*\":[\"subscribe\"]}}")
              .body();
      return body.replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    Ears hello(String token) throws Exception {
      Ears ears = new Ears();
      client
          .newWebSocketBuilder()
          .subprotocols("carillon.v1")
          .buildAsync(URI.create(url.replace("http", "ws") + "/v1/realtime"), ears)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .sendText("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}", true)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ears;
    }
  }

  /** What a socket hears. Thread-safe. */
  private static final class Ears implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.add(text.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
