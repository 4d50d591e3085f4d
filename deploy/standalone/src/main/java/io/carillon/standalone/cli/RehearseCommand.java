package io.carillon.standalone.cli;

import io.carillon.core.auth.Signatures;
import io.carillon.core.model.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Uses the server of this folder for some seconds in the ways of its clients: connections of both
 * protocols come, hear and go, and backends publish. The build has the server's JVM watch that, so
 * that later ones know from the start what will be wanted of them. Stateless; help does not name
 * it.
 */
final class RehearseCommand implements Command {
  private static final int SECONDS_MAX = 60;
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS_OF_PUBLISHES = 12;
  private static final int PUBLISHES_AT_ONCE = 16;
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);
  private static final String CHANNEL = "private-rehearsal";
  private static final String DATA = "~".repeat(128);

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--seconds"), Set.of());
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    int seconds = arguments.number("--seconds", 4, 1, SECONDS_MAX);
    Target target = Target.of(arguments, surroundings.environment());
    LocalServer.App app = new LocalServer(surroundings.environment()).app(null);
    Identity identity = Identity.of(arguments, target);
    if (!(target.access() instanceof Target.Access.Backend backend)) {
      throw CommandException.wrong("a token (expected: a key and its secret)");
    }
    String token = identity.token(identity.server(target, backend));
    Scene scene = new Scene(target.url(), app, token, identity.http());
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    do {
      scene.play();
    } while (System.nanoTime() - end < 0);
  }

  /** Immutable. */
  private record Scene(URI url, LocalServer.App app, String token, HttpClient http) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Scene";
    }

    /** Everything once. */
    void play() {
      List<Listening> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(i % 2 == 0 ? listenNative() : listenLikePusher());
      }
      all.forEach(listening -> join(listening.subscribed));
      for (int i = 0; i < ROUNDS_OF_PUBLISHES; i++) {
        List<CompletableFuture<?>> publishes = new ArrayList<>();
        for (int j = 0; j < PUBLISHES_AT_ONCE; j++) {
          publishes.add(j % 2 == 0 ? publishNative() : publishLikePusher());
        }
        publishes.forEach(Scene::join);
      }
      all.forEach(Listening::close);
    }

    private static void join(CompletableFuture<?> step) {
      try {
        step.orTimeout(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS).join();
      } catch (CompletionException e) {
        throw CommandException.failed("a step of the rehearsal: " + e.getCause());
      }
    }

    private Listening listenNative() {
      Listening listening = new Listening("\"t\":\"subbed\"", welcome -> null);
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("carillon.v1")
              .buildAsync(socket("/v1/realtime"), listening)
              .join();
      String hello = "{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}";
      String subscribe = "{\"t\":\"sub\",\"i\":2,\"ch\":\"" + CHANNEL + "\"}";
      socket.sendText("[" + hello + "," + subscribe + "]", true);
      return listening;
    }

    private Listening listenLikePusher() {
      Listening listening = new Listening("subscription_succeeded", this::subscription);
      http.newWebSocketBuilder()
          .buildAsync(
              socket("/app/" + app.key() + "?protocol=7&client=rehearsal&version=1"), listening)
          .join();
      return listening;
    }

    private @Nullable String subscription(String greeting) {
      String before = "socket_id\\\":\\\"";
      int from = greeting.indexOf(before) + before.length();
      if (from < before.length()) {
        return null;
      }
      String id = greeting.substring(from, greeting.indexOf('\\', from));
      String auth = app.key() + ":" + Signatures.sign(app.secret(), id + ":" + CHANNEL);
      return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\",\"auth\":\"%s\"}}"
          .formatted(CHANNEL, auth);
    }

    private CompletableFuture<?> publishNative() {
      String credentials = app.key() + ":" + text(app.secret());
      String basic =
          Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      return post(
          "/v1/channels/" + CHANNEL + "/messages",
          "{\"name\":\"m\",\"data\":\"" + DATA + "\"}",
          "Basic " + basic);
    }

    private CompletableFuture<?> publishLikePusher() {
      String body = "{\"name\":\"m\",\"channel\":\"%s\",\"data\":\"%s\"}".formatted(CHANNEL, DATA);
      String path = "/apps/" + app.id() + "/events";
      String query =
          "auth_key=%s&auth_timestamp=%d&auth_version=1.0&body_md5=%s"
              .formatted(app.key(), System.currentTimeMillis() / 1_000, md5(body));
      String signature = Signatures.sign(app.secret(), "POST\n" + path + "\n" + query);
      return post(path + "?" + query + "&auth_signature=" + signature, body, null);
    }

    private CompletableFuture<?> post(String path, String body, @Nullable String authorization) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.resolve(path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
      return http.sendAsync(request.build(), BodyHandlers.discarding())
          .thenAccept(
              response -> {
                if (response.statusCode() / 100 != 2) {
                  throw new IllegalStateException(path + " answered " + response.statusCode());
                }
              });
    }

    private URI socket(String path) {
      return URI.create(url.toString().replaceFirst("^http", "ws") + path);
    }

    private static String md5(String body) {
      try {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has it", e);
      }
    }

    private static String text(Secret secret) {
      return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
  }

  /** One connection that hears what is published. Confined to the calls of its socket. */
  private static final class Listening implements WebSocket.Listener {
    private final String awaited;
    private final Function<String, @Nullable String> answer;
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private volatile @Nullable WebSocket socket;

    /**
     * @param awaited what a message has in it that says that the subscription is there
     * @param answer what to say to a message before that; null for nothing
     */
    Listening(String awaited, Function<String, @Nullable String> answer) {
      this.awaited = awaited;
      this.answer = answer;
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      opened.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      if (subscribed.isDone()) {
        return null;
      }
      String text = data.toString();
      if (text.contains(awaited)) {
        subscribed.complete(null);
      } else {
        String said = answer.apply(text);
        if (said != null) {
          from.sendText(said, true);
        }
      }
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      subscribed.completeExceptionally(error);
    }

    void close() {
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
    }
  }
}
