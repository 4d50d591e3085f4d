package io.carillon.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A backend's side: publishes over HTTP, without a connection of its own, lets clients in, and
 * trusts webhooks. Immutable, so any thread may use it.
 *
 * <pre>{@code
 * CarillonServer server = CarillonServer.of("https://rt.example.com", key, secret);
 * String token = server.tokens().issue(t -> t.clientId("u7").allow("chat:*", SUBSCRIBE, PUBLISH));
 * server.publish("chat:42", "message", Map.of("text", "hi"));
 * }</pre>
 */
@SuppressWarnings("exports") // an annotation that users may lack
public final class CarillonServer {
  private final String key;
  private final String secret;
  private final HmacSha256 hmac;
  private final Rest rest;

  private CarillonServer(String url, String key, String secret, HttpClient http) {
    this.key = Expected.key(key);
    this.secret = secret;
    this.hmac = new HmacSha256(secret);
    this.rest = new Rest(URI.create(url.replaceAll("/+$", "")), key, secret, http);
  }

  /**
   * A backend with an application's key and that key's secret.
   *
   * @param url where the server is, {@code https://rt.example.com}
   * @throws IllegalArgumentException when one is empty, the key holds a colon, or the address is
   *     none
   */
  public static CarillonServer of(String url, String key, String secret) {
    return of(url, key, secret, HttpClient.newHttpClient());
  }

  /** As {@link #of(String, String, String)}, with a proxy or certificates of yours. */
  public static CarillonServer of(String url, String key, String secret, HttpClient http) {
    return new CarillonServer(url, key, secret, requireNonNull(http, "http"));
  }

  /** Makes tokens for clients. */
  public TokenIssuer tokens() {
    return new TokenIssuer(key, hmac, Clock.systemUTC());
  }

  /** Signs for clients of the Pusher protocol. */
  public ChannelSigner signer() {
    return ChannelSigner.of(key, secret);
  }

  /** Checks webhooks. */
  public WebhookVerifier webhooks() {
    return WebhookVerifier.of(secret);
  }

  /**
   * Publishes a message and waits until it was taken.
   *
   * @param data plain values or bytes; see {@link DataForm}
   * @throws CarillonException when it was not taken, or it is not known whether it was
   * @throws IllegalArgumentException when the data cannot be written
   */
  public PublishResult publish(String channel, String name, @Nullable Object data) {
    return publish(channel, Outgoing.of(name, data));
  }

  /** As {@link #publish(String, String, Object)}, with an id, which makes a retry safe. */
  public PublishResult publish(String channel, Outgoing message) {
    return Rest.await(publishAsync(channel, message));
  }

  /** As {@link #publish(String, Outgoing)}, without waiting. */
  public CompletableFuture<PublishResult> publishAsync(String channel, Outgoing message) {
    return rest.post(
            "/v1/channels/" + Rest.coded(channel) + "/messages", message.fields(null).text())
        .thenApply(Rest::published);
  }

  /**
   * Publishes several messages in their order and waits; one that is refused does not stop the
   * others.
   *
   * @param messages 1 to 1,000, each with its {@linkplain Outgoing#to channel}
   * @return a result for each message
   * @throws CarillonException when the batch as a whole was not taken
   */
  public List<BatchResult> publishAll(List<Outgoing> messages) {
    return Rest.await(publishAllAsync(messages));
  }

  /** As {@link #publishAll}, without waiting. */
  public CompletableFuture<List<BatchResult>> publishAllAsync(List<Outgoing> messages) {
    List<String> items =
        messages.stream().map(message -> message.fields(message.channel()).text()).toList();
    String body = "{\"messages\":[" + String.join(",", items) + "]}";
    return rest.post("/v1/messages", body)
        .thenApply(reply -> reply.objects("results").stream().map(rest::result).toList());
  }

  /** The key only. */
  @Override
  public String toString() {
    return "CarillonServer[key=" + key + "]";
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }
}
