package io.carillon.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Secret;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookRequest.Header;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Writes and signs what an endpoint is told, in its format. Stateless. */
public final class WebhookBodies {
  private static final String ALGORITHM = "HmacSHA256";

  /** What a secret of an endpoint begins with. */
  public static final String SECRET_PREFIX = "whsec_";

  /** Pusher's Node library takes nothing behind the type. */
  private static final Header JSON = new Header("Content-Type", "application/json");

  private WebhookBodies() {}

  /**
   * What is told in one call.
   *
   * @param id of the call; a retry of one event has the same
   */
  public record Telling(String id, long nowMillis, List<Told> events) {
    public Telling {
      events = List.copyOf(events);
    }
  }

  /**
   * An event with its place.
   *
   * @param sequence counts the events of this endpoint and channel from 1, without a hole
   */
  public record Told(long sequence, WebhookEvent event) {}

  /**
   * The call of an endpoint.
   *
   * @param key the application's oldest active one, by which Pusher's format is signed; null when
   *     there is none, which leaves such a call unsigned and refused by every receiver that checks
   */
  public static WebhookRequest request(
      WebhookEndpoint endpoint, @Nullable ApiKey key, Telling telling) {
    return switch (endpoint.settings().format()) {
      case PUSHER -> pusher(endpoint, key, telling);
      case CARILLON -> carillon(endpoint, telling);
    };
  }

  private static WebhookRequest pusher(
      WebhookEndpoint endpoint, @Nullable ApiKey key, Telling telling) {
    byte[] body = pusherBody(telling).getBytes(UTF_8);
    List<Header> headers =
        key == null
            ? List.of(JSON)
            : List.of(
                JSON,
                new Header("X-Pusher-Key", key.id().value()),
                new Header(
                    "X-Pusher-Signature",
                    HexFormat.of().formatHex(hmac(key.secret().reveal(), body))));
    return new WebhookRequest(endpoint.settings().url(), headers, Payload.json(body));
  }

  static String pusherBody(Telling telling) {
    JsonText json = new JsonText().open('{').name("time_ms").number(telling.nowMillis());
    json.name("events").open('[');
    for (Told told : telling.events()) {
      WebhookEvent event = told.event();
      Detail detail = event.detail();
      json.open('{').name("name").text(event.type().word());
      json.name("channel").text(event.channel().name().value());
      put(json, "event", detail.name());
      putData(json, event, "subscription_count");
      put(json, "socket_id", detail.socketId());
      put(json, "user_id", detail.userId());
      json.close('}');
    }
    return json.close(']').close('}').toString();
  }

  /** Standard Webhooks 1.0: the signature covers the call's id, the time and the body. */
  private static WebhookRequest carillon(WebhookEndpoint endpoint, Telling telling) {
    byte[] body = carillonBody(endpoint, telling).getBytes(UTF_8);
    String seconds = String.valueOf(telling.nowMillis() / 1_000);
    return new WebhookRequest(
        endpoint.settings().url(),
        List.of(
            JSON,
            new Header("webhook-id", telling.id()),
            new Header("webhook-timestamp", seconds),
            new Header("webhook-signature", signatures(endpoint, telling, seconds, body))),
        Payload.json(body));
  }

  /** One for each secret that is valid, the current one first. */
  private static String signatures(
      WebhookEndpoint endpoint, Telling telling, String seconds, byte[] body) {
    return endpoint.secrets().validAt(Instant.ofEpochMilli(telling.nowMillis())).stream()
        .map(secret -> sign(secret, telling.id(), seconds, body))
        .collect(Collectors.joining(" "));
  }

  static String sign(Secret secret, String id, String seconds, byte[] body) {
    byte[] head = (id + "." + seconds + ".").getBytes(UTF_8);
    byte[] signed = new byte[head.length + body.length];
    System.arraycopy(head, 0, signed, 0, head.length);
    System.arraycopy(body, 0, signed, head.length, body.length);
    String text = new String(secret.reveal(), UTF_8);
    byte[] key = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
    return "v1," + Base64.getEncoder().encodeToString(hmac(key, signed));
  }

  private static String carillonBody(WebhookEndpoint endpoint, Telling telling) {
    JsonText json = new JsonText().open('{').name("app").text(endpoint.app().value());
    json.name("sentAt").number(telling.nowMillis()).name("events").open('[');
    for (Told told : telling.events()) {
      WebhookEvent event = told.event();
      Detail detail = event.detail();
      json.open('{').name("id").text(event.id());
      json.name("type").text(event.type().word());
      json.name("channel").text(event.channel().name().value());
      json.name("sequence").number(told.sequence());
      json.name("at").number(event.atMillis());
      put(json, "name", detail.name());
      putData(json, event, "subscriptions");
      put(json, "socketId", detail.socketId());
      put(json, "userId", detail.userId());
      json.close('}');
    }
    return json.close(']').close('}').toString();
  }

  /**
   * @param ofCount the name of the number that a count is
   */
  private static void putData(JsonText json, WebhookEvent event, String ofCount) {
    String data = event.detail().data();
    if (event.type() == WebhookType.SUBSCRIPTION_COUNT && data != null) {
      json.name(ofCount).number(Long.parseLong(data));
    } else {
      put(json, "data", data);
    }
  }

  private static void put(JsonText json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).text(value);
    }
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
