package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.CarillonServer;
import io.carillon.acceptance.harness.SignedRequest;
import io.carillon.acceptance.harness.SignedRest;
import io.carillon.acceptance.harness.SignedRest.Answer;
import io.carillon.acceptance.harness.Signing;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 15 of the conformance list, with the published vectors. */
@WithCarillon
class SignatureTest {
  private static final String KEY = "278d425bdf160c739803";
  private static final String SECRET = "7ad3773142a6692b25b8";
  private static final long THEN = 1_353_088_179L;
  private static final String BODY =
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
  private static final String EVENT =
      "{\"name\":\"greeting\",\"channels\":[\"news\"],\"data\":\"x\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.1234:private-foobar"
            + "|58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
        "1234.1234::user::{\"id\":\"12345\"}"
            + "|4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba",
        "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}"
            + "|31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80",
        "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}"
            + "|afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c",
        "1234.1234:presence-cache-foobar:{\"user_id\":\"10\"}"
            + "|01d6b8ce6a668891d3ded2167ec0da3f4d90f5d6fb8f20ad4c1e7fdfebd1e976",
        "1234.1234:private-encrypted-foobar"
            + "|e6a18892d037c5d5e76a2265df4f086ffc38631605530dfd214aa5bff495f533"
      })
  void theseTestsSignAsThePublishedVectorsDo(String text, String signature) {
    assertThat(Signing.hmac(SECRET, text)).isEqualTo(signature);
  }

  @Test
  void theseTestsSignRequestsAsThePublishedVectorsDo() {
    assertThat(Signing.md5(BODY)).isEqualTo("ec365a775a4cd0599faeb73354201b6f");
    assertThat(Signing.md5("{}")).isEqualTo("99914b932bd37a50b983c5e7c90ae93b");
    assertThat(requestSignature("POST", "/apps/3/events", Map.of("body_md5", Signing.md5(BODY))))
        .isEqualTo("da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
    assertThat(
            requestSignature(
                "GET",
                "/apps/3/channels",
                Map.of("filter_by_prefix", "presence-", "info", "user_count")))
        .isEqualTo("16819168891cb5dfd72b5c7a5d3d602605b26c6ba1930033b5e2eeeb65010291");
    assertThat(
            requestSignature(
                "POST",
                "/apps/3/users/42/terminate_connections",
                Map.of("body_md5", Signing.md5("{}"))))
        .isEqualTo("2829710742ff5f799010258297d09016e2366257e3e954039eeda349073a2bcf");
  }

  private static String requestSignature(String method, String path, Map<String, String> more) {
    Map<String, String> query = new TreeMap<>(more);
    query.put("auth_key", KEY);
    query.put("auth_timestamp", Long.toString(THEN));
    query.put("auth_version", "1.0");
    return Signing.hmac(SECRET, Signing.requestText(method, path, query));
  }

  @Test
  void thePublishedRequestIsAcceptedToday(Carillon carillon) {
    String app = "3:" + KEY + ":" + SECRET;
    try (CarillonServer server = carillon.startAnother(Map.of("CARILLON_BOOTSTRAP_APPS", app))) {
      SignedRest rest = new SignedRest(server.url(), "3", KEY, SECRET);

      Answer replayed = rest.request("POST", "/events").body(BODY).atSecond(THEN).send();

      assertThat(replayed.status()).isEqualTo(401);
      assertThat(replayed.body()).contains("1353088179");
      assertThat(rest.post("/events", BODY).status()).isEqualTo(200);
      assertThat(
              rest.request("GET", "/channels")
                  .query("filter_by_prefix", "presence-")
                  .query("info", "user_count")
                  .send()
                  .status())
          .isEqualTo(200);
      assertThat(rest.post("/users/42/terminate_connections", "{}").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-610, 610})
  void aTimestampMoreThan600SecondsOffIsRefused(int offset, TestApp app) {
    assertRefused(post(app).atSecond(Instant.now().getEpochSecond() + offset));
  }

  @Test
  void aTimestamp601SecondsAgoIsRefused(TestApp app) {
    assertRefused(post(app).atSecond(Instant.now().getEpochSecond() - 601));
  }

  @ParameterizedTest
  @ValueSource(ints = {-590, 590})
  void aTimestampWithin600SecondsIsAccepted(int offset, TestApp app) {
    assertThat(post(app).atSecond(Instant.now().getEpochSecond() + offset).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "", "-1", "99999999999999999999", "1353088179.5"})
  void aTimestampThatIsNoneIsRefused(String timestamp, TestApp app) {
    assertRefused(post(app).query("auth_timestamp", timestamp));
  }

  @Test
  void aWrongBodyDigestIsRefusedAlthoughItIsSigned(TestApp app) {
    assertRefused(post(app).query("body_md5", Signing.md5("another body")));
  }

  @Test
  void aBodyThatWasChangedOnTheWayIsRefused(TestApp app) {
    assertRefused(post(app).bodyAfterSigning(EVENT.replace("greeting", "farewell")));
  }

  @Test
  void aBodyWithoutADigestIsRefused(TestApp app) {
    assertRefused(app.rest().request("POST", "/events").bodyAfterSigning(EVENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"})
  void everyAuthParameterIsNeeded(String name, TestApp app) {
    assertRefused(post(app).dropAfterSigning(name));
  }

  @Test
  void anotherAuthVersionIsRefused(TestApp app) {
    assertRefused(post(app).query("auth_version", "2.0"));
  }

  @Test
  void aParameterThatWasChangedOnTheWayIsRefused(TestApp app) {
    assertRefused(
        app.rest()
            .request("GET", "/channels")
            .query("filter_by_prefix", "a")
            .changeAfterSigning("filter_by_prefix", "b"));
  }

  @Test
  void aParameterThatWasAddedOnTheWayIsRefused(TestApp app) {
    assertRefused(
        app.rest().request("GET", "/channels").changeAfterSigning("filter_by_prefix", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz", "é"})
  void aSignatureThatIsNoneIsRefused(String signature, TestApp app) {
    assertRefused(post(app).changeAfterSigning("auth_signature", signature));
  }

  @Test
  void anotherAppsKeyIsRefused(TestApp app, TestApp other) {
    SignedRest foreign = new SignedRest(app.server(), app.id(), other.key(), other.secret());

    assertThat(foreign.post("/events", EVENT).status()).isEqualTo(401);
  }

  @Test
  void theRightKeyWithTheWrongSecretIsRefused(TestApp app) {
    SignedRest guessing = new SignedRest(app.server(), app.id(), app.key(), "guess");

    assertThat(guessing.post("/events", EVENT).status()).isEqualTo(401);
  }

  @Test
  void anUnknownAppIsRefused(TestApp app) {
    SignedRest lost = new SignedRest(app.server(), "999999999999", app.key(), app.secret());

    assertThat(lost.post("/events", EVENT).status()).isEqualTo(401);
  }

  @Test
  void aDisabledAppIsRefusedWith403(Apps apps) {
    assertThat(apps.makeDisabled().rest().post("/events", EVENT).status()).isEqualTo(403);
  }

  @Test
  void commasMayStandPercentEncodedOrPlain(TestApp app) {
    SignedRequest encoded =
        app.rest().request("GET", "/channels/cache-a").query("info", "subscription_count,cache");
    SignedRequest plain =
        app.rest()
            .request("GET", "/channels/cache-a")
            .query("info", "subscription_count,cache")
            .coding(value -> value);

    assertThat(encoded.send().status()).isEqualTo(200);
    assertThat(plain.send().status()).isEqualTo(200);
  }

  @Test
  void theOrderOnTheWireDoesNotMatter(TestApp app) {
    assertThat(post(app).inReverseOrder().send().status()).isEqualTo(200);
  }

  @Test
  void parameterNamesAreSignedInLowerCase(TestApp app) {
    assertThat(
            app.rest()
                .request("GET", "/channels")
                .query("Filter_By_Prefix", "news")
                .send()
                .status())
        .isEqualTo(200);
  }

  private static SignedRequest post(TestApp app) {
    return app.rest().request("POST", "/events").body(EVENT);
  }

  private static void assertRefused(SignedRequest request) {
    Answer answer = request.send();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isNotBlank();
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
  }
}
