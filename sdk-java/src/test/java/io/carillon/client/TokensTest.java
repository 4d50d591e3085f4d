package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.TokenRequest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private static final long HOUR = 3_600;

  private final List<TokenRequest> asked = new ArrayList<>();

  @Test
  void aTokenIsUsedAgainWhileItProvablyLives() {
    Pair pair = hourly();
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(pair.state()).isEqualTo("Connected");
    assertThat(reasons()).containsExactly(Reason.CONNECT);
  }

  @Test
  void pastFourFifthsOfItsLifeANewOneIsAskedFor() {
    Pair pair = hourly();
    pair.lane.sleep(HOUR * 810);
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(reasons()).containsExactly(Reason.CONNECT, Reason.CONNECT);
  }

  @Test
  void aTokenOfWhichNothingIsKnownIsAskedForOnEveryConnect() {
    Pair pair = backed(count -> "opaque-" + count);
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(reasons()).containsExactly(Reason.CONNECT, Reason.CONNECT);
  }

  @Test
  @DisplayName("clauses 2.6 and 2.7: a token that is about to end is renewed on the connection")
  void aTokenThatIsAboutToEndIsRenewed() {
    Pair pair = backed(count -> "token-" + count);
    pair.server.tellAll("{\"t\":\"reauth\",\"in\":60000}");
    pair.lane.settle();
    assertThat(reasons()).containsExactly(Reason.CONNECT, Reason.RENEW);
    assertThat(pair.server.heard("auth").get(0).text("token")).isEqualTo("token-2");
    assertThat(pair.server.heard("hello")).hasSize(1);
  }

  @Test
  void aRenewalThatFailsIsTriedAgainWhileTheConnectionLives() {
    Pair pair =
        backed(
            count -> {
              if (count == 2) {
                throw new IllegalStateException("down");
              }
              return "token-" + count;
            });
    pair.server.tellAll("{\"t\":\"reauth\",\"in\":60000}");
    pair.lane.advance(2_000);
    assertThat(pair.server.heard("auth").get(0).text("token")).isEqualTo("token-3");
  }

  @Test
  @DisplayName("clause 7.4: a token that ended is replaced, and the channel goes on without a gap")
  void aTokenThatEndedIsReplaced() {
    Pair pair = hourly();
    List<Object> seen = pair.collect();
    pair.server.expireTokens();
    pair.publish(1);
    pair.lane.advance(1_000);
    TokenRequest last = asked.get(asked.size() - 1);
    assertThat(last.reason()).isEqualTo(Reason.REFUSED);
    assertThat(last.error().orElseThrow().kind()).isEqualTo("token-expired");
    assertThat(seen).containsExactly("1");
  }

  @Test
  void aBackendThatKeepsGivingTheRefusedTokenIsAskedWithGrowingPauses() {
    Pair pair = backed(count -> "always the same");
    pair.server.expireTokens();
    pair.lane.advance(60_000);
    assertThat(pair.state()).isEqualTo("Waiting");
    assertThat(asked).hasSizeLessThan(15);
  }

  @Test
  void aFailingBackendIsVisibleAndAskedAgain() {
    Pair pair = new Pair(options -> options.token(failing(3)));
    List<String> failures = new ArrayList<>();
    pair.client.onTokenFailure(
        failure ->
            failures.add(failure.attempt() + failure.error().kind() + failure.error().getCause()));
    pair.client.connect();
    pair.lane.advance(10_000);
    assertThat(failures)
        .containsExactly(
            "1token-unavailablejava.io.IOException: down",
            "2token-unavailablejava.io.IOException: down");
    assertThat(pair.state()).isEqualTo("Connected");
  }

  @Test
  void aBackendThatNeverAnswersIsGivenUpAfter15Seconds() {
    List<Runnable> stuck = new ArrayList<>();
    HandLane lane = new HandLane();
    ClientOptions options = new ClientOptions();
    options.token(request -> "token").lane(lane, stuck::add);
    FakeServer server = new FakeServer(lane);
    Carillon client = Carillon.of("http://x", options, lane, server::dial);
    client.connect();
    lane.advance(14_999);
    assertThat(stuck).hasSize(1);
    lane.advance(10_000);
    assertThat(stuck).hasSizeGreaterThan(1);
  }

  private TokenSupplier failing(int first) {
    return request -> {
      asked.add(request);
      if (asked.size() < first) {
        throw new java.io.IOException("down");
      }
      return "token";
    };
  }

  private Pair hourly() {
    long issued = new HandLane().millis() / 1_000;
    return backed(count -> jwt(issued, issued + HOUR, count));
  }

  private Pair backed(IntFunction<String> answer) {
    return new Pair(
            options ->
                options.token(
                    request -> {
                      asked.add(request);
                      return answer.apply(asked.size());
                    }))
        .connected();
  }

  private List<Reason> reasons() {
    return asked.stream().map(TokenRequest::reason).toList();
  }

  private static String jwt(long iat, long exp, int count) {
    String claims = "{\"sub\":\"ann-" + count + "\",\"iat\":" + iat + ",\"exp\":" + exp + "}";
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }
}
