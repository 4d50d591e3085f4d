package io.carillon.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.webhook.WebhookBodies.Telling;
import io.carillon.core.webhook.WebhookBodies.Told;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookRequest.Header;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookBodiesTest {
  private static final AppId APP = new AppId("3");

  /** Of the protocol's vectors, section 5.10. */
  private static final ApiKey KEY =
      new ApiKey(new KeyId("278d425bdf160c739803"), Secret.of("7ad3773142a6692b25b8"), "vectors");

  /** Of the vectors of Standard Webhooks. */
  private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private static WebhookEndpoint endpoint(WebhookFormat format) {
    return endpoint(format, WebhookSecrets.of(SECRET));
  }

  private static WebhookEndpoint endpoint(WebhookFormat format, WebhookSecrets secrets) {
    Filter filter = new Filter(Set.of(WebhookType.CLIENT_EVENT), "");
    WebhookSettings settings =
        new WebhookSettings(
            "", URI.create("https://example.com/hooks"), format, filter, Sending.USUAL);
    return new WebhookEndpoint(WebhookId.random(), APP, settings, secrets, Instant.EPOCH);
  }

  private static WebhookEvent event(WebhookType type, String channel, Detail detail) {
    return new WebhookEvent("evt_1", type, ChannelId.of(APP, ChannelName.of(channel)), 5, detail);
  }

  private static Telling telling(WebhookEvent... events) {
    return new Telling(
        "evt_1",
        1_327_078_148_132L,
        Arrays.stream(events).map(event -> new Told(7, event)).toList());
  }

  @Test
  void pushersFormatIsItsVectorToTheByte() {
    WebhookRequest request =
        WebhookBodies.request(
            endpoint(WebhookFormat.PUSHER),
            KEY,
            telling(event(WebhookType.CHANNEL_OCCUPIED, "my-channel", Detail.NONE)));

    assertThat(request.body().asText())
        .isEqualTo(
            "{\"time_ms\":1327078148132,\"events\":[{\"name\":\"channel_occupied\","
                + "\"channel\":\"my-channel\"}]}");
    assertThat(request.headers())
        .containsExactly(
            new Header("Content-Type", "application/json"),
            new Header("X-Pusher-Key", "278d425bdf160c739803"),
            new Header(
                "X-Pusher-Signature",
                "c19001ae3963ccb13bf618e5b16ba9848e7e74df0993aa0689168e341c6833cf"));
  }

  @Test
  void pushersEventsHaveTheirFieldsAndNoOthers() {
    String body =
        WebhookBodies.pusherBody(
            telling(
                event(
                    WebhookType.CLIENT_EVENT,
                    "presence-a",
                    new Detail("7", "client-x", "{\"a\":\"\\u00e9\"}", "1.2")),
                event(WebhookType.MEMBER_REMOVED, "presence-a", Detail.ofUser("7"))));

    assertThat(body)
        .isEqualTo(
            "{\"time_ms\":1327078148132,\"events\":["
                + "{\"name\":\"client_event\",\"channel\":\"presence-a\",\"event\":\"client-x\","
                + "\"data\":\"{\\\"a\\\":\\\"\\\\u00e9\\\"}\",\"socket_id\":\"1.2\",\"user_id\":\"7\"},"
                + "{\"name\":\"member_removed\",\"channel\":\"presence-a\",\"user_id\":\"7\"}]}");
  }

  @Test
  void theNativeSignatureIsThatOfStandardWebhooks() {
    String signature =
        WebhookBodies.sign(
            SECRET,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}".getBytes(UTF_8));

    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void theNativeFormatHasIdsTimesAndSequences() {
    WebhookRequest request =
        WebhookBodies.request(
            endpoint(WebhookFormat.CARILLON),
            null,
            telling(
                event(WebhookType.MEMBER_ADDED, "presence-a", Detail.ofUser("\"\u0001\ud800"))));

    assertThat(request.body().asText())
        .isEqualTo(
            "{\"app\":\"3\",\"sentAt\":1327078148132,\"events\":[{\"id\":\"evt_1\","
                + "\"type\":\"member_added\",\"channel\":\"presence-a\",\"sequence\":7,\"at\":5,"
                + "\"userId\":\"\\\"\\u0001\\ud800\"}]}");
    assertThat(request.headers().stream().map(Header::name))
        .containsExactly("Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature");
    assertThat(request.headers()).contains(new Header("webhook-timestamp", "1327078148"));
  }

  @Test
  void aCountIsANumberInBothFormats() {
    Telling telling =
        telling(event(WebhookType.SUBSCRIPTION_COUNT, "my-channel", Detail.ofCount(3)));

    assertThat(WebhookBodies.pusherBody(telling))
        .isEqualTo(
            "{\"time_ms\":1327078148132,\"events\":[{\"name\":\"subscription_count\","
                + "\"channel\":\"my-channel\",\"subscription_count\":3}]}");
    assertThat(
            WebhookBodies.request(endpoint(WebhookFormat.CARILLON), null, telling).body().asText())
        .contains("\"type\":\"subscription_count\"", "\"subscriptions\":3}");
  }

  @Test
  void whileASecretIsChangedThereIsASignatureOfEach() {
    Secret former = Secret.of("whsec_Zm9ybWVy");
    Telling telling = telling(event(WebhookType.CACHE_MISS, "cache-a", Detail.NONE));
    Instant sent = Instant.ofEpochMilli(telling.nowMillis());

    String both = signatureOf(new WebhookSecrets(SECRET, former, sent.plusMillis(1)), telling);
    String one = signatureOf(new WebhookSecrets(SECRET, former, sent), telling);

    assertThat(both.split(" ")).hasSize(2).startsWith(one).doesNotHaveDuplicates();
    assertThat(one).isEqualTo(signatureOf(WebhookSecrets.of(SECRET), telling));
    assertThat(both).endsWith(signatureOf(WebhookSecrets.of(former), telling));
  }

  private static String signatureOf(WebhookSecrets secrets, Telling telling) {
    return WebhookBodies.request(endpoint(WebhookFormat.CARILLON, secrets), null, telling)
        .headers()
        .getLast()
        .value();
  }

  @Test
  void withoutAKeyNothingIsSigned() {
    WebhookRequest request = WebhookBodies.request(endpoint(WebhookFormat.PUSHER), null, telling());

    assertThat(request.headers()).hasSize(1);
    assertThat(List.of(request.body().asText()))
        .containsExactly("{\"time_ms\":1327078148132,\"events\":[]}");
  }
}
