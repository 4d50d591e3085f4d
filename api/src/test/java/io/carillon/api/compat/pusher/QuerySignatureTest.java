package io.carillon.api.compat.pusher;

import static io.carillon.api.ApiServer.NOW_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.Backend;
import io.carillon.api.FakeDirectory;
import io.carillon.api.FakeTicker;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Inbound;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySignatureTest {
  private static final Backend ACME = Backend.ACME;
  private static final String EVENTS = "/apps/3/events";
  private static final String CHANNELS = "/apps/3/channels";
  private static final String BODY =
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";

  private final FakeTicker ticker = new FakeTicker(NOW_SECONDS);
  private final FakeDirectory directory = new FakeDirectory();
  private final QuerySignature signature = new QuerySignature(directory, ticker);

  QuerySignatureTest() {
    directory.add(ACME.app(), ACME.key(), ACME.secret(), AppSettings.DEFAULT);
    directory.add(
        Backend.OTHER.app(), Backend.OTHER.key(), Backend.OTHER.secret(), AppSettings.DEFAULT);
  }

  @Test
  void theDocumentedPostIsAccepted() {
    String query =
        "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&body_md5=ec365a775a4cd0599faeb73354201b6f"
            + "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";

    assertThat(verify("POST", EVENTS, query, BODY)).isInstanceOf(Checked.Valid.class);
  }

  @Test
  void theDocumentedGetIsAccepted() {
    String query =
        "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&filter_by_prefix=presence-&info=user_count"
            + "&auth_signature=16819168891cb5dfd72b5c7a5d3d602605b26c6ba1930033b5e2eeeb65010291";

    assertThat(verify("GET", CHANNELS, query, "")).isInstanceOf(Checked.Valid.class);
  }

  @Test
  void theDocumentedTerminateIsAccepted() {
    String query =
        "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&body_md5=99914b932bd37a50b983c5e7c90ae93b"
            + "&auth_signature=2829710742ff5f799010258297d09016e2366257e3e954039eeda349073a2bcf";

    assertThat(verify("POST", "/apps/3/users/42/terminate_connections", query, "{}"))
        .isInstanceOf(Checked.Valid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "auth_key, APP_UNKNOWN",
    "auth_timestamp, TIMESTAMP_STALE",
    "auth_version, SIGNATURE_INVALID",
    "auth_signature, SIGNATURE_INVALID",
    "body_md5, SIGNATURE_INVALID",
  })
  void eachParameterIsCheckedWhenItIsMissingOrWrong(String name, ErrorCode wrong) {
    assertThat(refusal(EVENTS, BODY, query -> query.remove(name)).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(resigned(EVENTS, BODY, query -> query.put(name, "0")).code()).isEqualTo(wrong);
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -599, 0, 599, 600})
  void aClockThatIsTenMinutesOffIsAccepted(long offset) {
    assertThat(at(offset)).isInstanceOf(Checked.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-601, 601, 1_000_000})
  void anyLaterItIsStale(long offset) {
    assertThat(problem(at(offset)).code()).isEqualTo(ErrorCode.TIMESTAMP_STALE);
  }

  @Test
  void aReplayIsRefusedOnceItIsTenMinutesOld() {
    String query = Backend.plain(ACME.signed("POST", EVENTS, Map.of(), BODY, NOW_SECONDS));
    ticker.advance(Duration.ofMinutes(10));
    assertThat(verify("POST", EVENTS, query, BODY)).isInstanceOf(Checked.Valid.class);

    ticker.advance(Duration.ofSeconds(1));

    assertThat(problem(verify("POST", EVENTS, query, BODY)).code())
        .isEqualTo(ErrorCode.TIMESTAMP_STALE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1353088179.0", "-1353088179", "", "now", "99999999999999999999"})
  void aTimestampThatIsNoNumberIsStale(String timestamp) {
    Problem problem = resigned(EVENTS, BODY, query -> query.put("auth_timestamp", timestamp));

    assertThat(problem.code()).isEqualTo(ErrorCode.TIMESTAMP_STALE);
  }

  @Test
  void anotherMethodPathOrParameterIsNotSigned() {
    String query = Backend.plain(ACME.signed("GET", CHANNELS, Map.of(), "", NOW_SECONDS));

    assertThat(problem(verify("POST", CHANNELS, query, "")).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(problem(verify("GET", CHANNELS + "/a", query, "")).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(problem(verify("GET", CHANNELS, query + "&info=user_count", "")).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void aBodyThatWasChangedOnTheWayIsRefused() {
    String query = Backend.plain(ACME.signed("POST", EVENTS, Map.of(), BODY, NOW_SECONDS));

    assertThat(problem(verify("POST", EVENTS, query, BODY + " ")).detail()).contains("body_md5");
    assertThat(problem(verify("POST", EVENTS, query, "")).detail()).contains("body_md5");
  }

  @Test
  void aBodyWithoutItsHashIsRefused() {
    String query = Backend.plain(ACME.signed("POST", EVENTS, Map.of(), "", NOW_SECONDS));

    assertThat(verify("POST", EVENTS, query, "")).isInstanceOf(Checked.Valid.class);
    assertThat(problem(verify("POST", EVENTS, query, BODY)).detail()).contains("body_md5: missing");
  }

  @Test
  void theHashOfAnEmptyBodyMayBeSent() {
    Map<String, String> parameters = Map.of("body_md5", Backend.md5(""));
    String query = Backend.plain(ACME.signed("POST", EVENTS, parameters, "", NOW_SECONDS));

    assertThat(verify("POST", EVENTS, query, "")).isInstanceOf(Checked.Valid.class);
  }

  @Test
  void namesAreLowerCasedBeforeTheyAreSigned() {
    String query =
        Backend.plain(ACME.signed("GET", CHANNELS, Map.of("info", "x"), "", NOW_SECONDS))
            .replace("auth_key", "AUTH_KEY")
            .replace("info", "Info");

    assertThat(valid(verify("GET", CHANNELS, query, "")).parameters().get("info")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&info=a", "&INFO=b", "&auth_key=278d425bdf160c739803", "&auth_signature=0"})
  void aParameterSentTwiceIsRefused(String more) {
    String query =
        Backend.plain(ACME.signed("GET", CHANNELS, Map.of("info", "a"), "", NOW_SECONDS)) + more;

    Problem problem = problem(verify("GET", CHANNELS, query, ""));

    assertThat(problem.code()).isEqualTo(ErrorCode.BAD_REQUEST);
    assertThat(problem.detail()).contains("sent twice");
  }

  /** Signed texts have no escapes, so "a=1&b=2" must not pass for one value "1&b=2". */
  @Test
  void oneValueCannotPassForTwoParameters() {
    Map<String, String> two = Map.of("filter_by_prefix", "p", "info", "user_count");
    String query = Backend.plain(ACME.signed("GET", CHANNELS, two, "", NOW_SECONDS));

    String one = query.replace("&info=", "%26info=");

    assertThat(verify("GET", CHANNELS, query, "")).isInstanceOf(Checked.Valid.class);
    assertThat(problem(verify("GET", CHANNELS, one, "")).code()).isEqualTo(ErrorCode.BAD_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=%", "a=%zz", "a=%ff", "a=%0a", "a=%00", "a=é", "%61=1", "=1", "a%3Db=1"})
  void anUnreadableQueryIsRefused(String query) {
    assertThat(problem(verify("GET", CHANNELS, query, "")).code()).isEqualTo(ErrorCode.BAD_REQUEST);
  }

  @Test
  void aKeyOfAnotherApplicationIsRefusedLikeAnUnknownOne() {
    Backend thief = new Backend("3", Backend.OTHER.key(), Backend.OTHER.secret());
    Backend nobody = new Backend("99", ACME.key(), ACME.secret());
    Backend guess = new Backend("3", "no-such-key", "x");

    for (Backend one : new Backend[] {thief, nobody, guess}) {
      String path = "/apps/" + one.app() + "/channels";
      String query = Backend.plain(one.signed("GET", path, Map.of(), "", NOW_SECONDS));
      assertThat(problem(verify("GET", path, query, "")).code()).isEqualTo(ErrorCode.APP_UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Node's library sends what it signs; a URL parser may write the comma as it likes
    "'user_count,cache', 'user_count,cache'",
    "'user_count,cache', 'user_count%2Ccache'",
    "'user_count,cache', 'user_count%2ccache'",
    "a b, a%20b",
    // Java's library sends a space as + and a plus as %2B
    "a b, a+b",
    "a+b, a%2Bb",
    // Node's library sends a plus as it is
    "a+b, a+b",
    "a=b, a=b",
    "a=b, a%3Db",
    "é, %C3%A9",
  })
  void aValueMeansWhatWasSignedHoweverItIsCoded(String meant, String onTheWire) {
    Map<String, String> query =
        ACME.signed("GET", CHANNELS, Map.of("info", meant), "", NOW_SECONDS);
    query.put("info", onTheWire);

    SignedRequest signed = valid(verify("GET", CHANNELS, Backend.plain(query), ""));

    assertThat(signed.parameters().get("info")).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "'/apps/3/channels/a-_=@,.;b', '/apps/3/channels/a-_=@,.;b'",
    "'/apps/3/channels/a-_=@,.;b', '/apps/3/channels/a-_%3D%40%2C.%3Bb'",
    "'/apps/3/channels/a-_=@,.;b', '/apps/3/channels/a-_=@%2c.;b'",
    // the caller encoded the name before the library signed it
    "'/apps/3/channels/a%3Db', '/apps/3/channels/a%3Db'",
    "'/apps/3/users/é 1/x', '/apps/3/users/%C3%A9%201/x'",
    "'/apps/3/users/100%/x', '/apps/3/users/100%25/x'",
  })
  void thePathMayBeSignedAsMeantOrAsSent(String signedPath, String sentPath) {
    String query = Backend.plain(ACME.signed("GET", signedPath, Map.of(), "", NOW_SECONDS));

    assertThat(verify("GET", sentPath, query, "")).isInstanceOf(Checked.Valid.class);
  }

  /** Otherwise a signature for the user "a/b" would do for the user "a%2Fb". */
  @Test
  void oneSignatureCannotNameTwoThings() {
    String signedPath = "/apps/3/users/a%2Fb/terminate_connections";
    String query = Backend.plain(ACME.signed("POST", signedPath, Map.of(), "", NOW_SECONDS));

    SignedRequest signed = valid(verify("POST", signedPath, query, ""));

    assertThat(signed.path().get(3)).isEqualTo("a/b");
    assertThat(problem(verify("POST", signedPath.replace("%", "%25"), query, "")).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void aRefusalShowsTheTextToSignAndNeitherSecretNorSignature() {
    Map<String, String> query = ACME.signed("GET", CHANNELS, Map.of(), "", NOW_SECONDS);
    String right = query.put("auth_signature", "f".repeat(64));

    String detail = problem(verify("GET", CHANNELS, Backend.plain(query), "")).detail();

    assertThat(detail)
        .contains("\"GET\\n/apps/3/channels\\nauth_key=278d425bdf160c739803&auth_timestamp=")
        .doesNotContain(ACME.secret())
        .doesNotContain(String.valueOf(right))
        .doesNotContain("ffff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "DA454824C97BA181A32CCC17A72625BA02771F50B50E1E7430E47A1F3F457E6C"})
  void aSignatureHasOneForm(String text) {
    assertThat(refusal(EVENTS, BODY, query -> query.put("auth_signature", text)).code())
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  private Checked<SignedRequest> at(long offset) {
    Map<String, String> query = ACME.signed("GET", CHANNELS, Map.of(), "", NOW_SECONDS + offset);
    return verify("GET", CHANNELS, Backend.plain(query), "");
  }

  /** What comes of a right query after this change. */
  private Problem refusal(String path, String body, Consumer<Map<String, String>> change) {
    Map<String, String> query =
        new TreeMap<>(ACME.signed("POST", path, Map.of(), body, NOW_SECONDS));
    change.accept(query);
    return problem(verify("POST", path, Backend.plain(query), body));
  }

  /** As before, with the signature made after the change, unless that was the change. */
  private Problem resigned(String path, String body, Consumer<Map<String, String>> change) {
    return refusal(
        path,
        body,
        query -> {
          query.remove("auth_signature");
          change.accept(query);
          query.putIfAbsent("auth_signature", ACME.sign("POST", path, query));
        });
  }

  private Checked<SignedRequest> verify(String method, String path, String query, String body) {
    Payload bytes = Payload.binary(body.getBytes(StandardCharsets.UTF_8));
    return signature.verify(new Inbound(method, path, query, name -> List.of(), bytes, null));
  }

  private static SignedRequest valid(Checked<SignedRequest> result) {
    assertThat(result).isInstanceOf(Checked.Valid.class);
    return ((Checked.Valid<SignedRequest>) result).value();
  }

  private static Problem problem(Checked<SignedRequest> result) {
    assertThat(result).isInstanceOf(Checked.Refused.class);
    return ((Checked.Refused<SignedRequest>) result).problem();
  }
}
